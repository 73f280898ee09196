//! Row: `unit`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{
    authority::Place,
    ids::{RegionCode, UnitId},
};

/// What kind of body a unit is: a mandatory dimension of the yearly statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum UnitKind {
    /// 机关.
    Agency,
    /// 事业单位.
    Institution,
    /// 企业.
    Enterprise,
}

/// 单位: it manages people, and its region says which bureau looks after them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// The region whose bureau is responsible.
    pub region: RegionCode,
    /// The unit above.
    pub parent_id: Option<UnitId>,
    /// Since when it manages nobody any more.
    pub closed_on: Option<NaiveDate>,
}

/// None: persons point here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Where it is, for permission.
    pub fn place(&self) -> Place {
        Place::of_unit(self.region.clone(), self.id)
    }
}
