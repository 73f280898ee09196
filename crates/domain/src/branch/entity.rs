//! Row: `branch`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    authority::Place,
    ids::{BranchId, RegionCode, UnitId},
};

/// 党支部.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "branch")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BranchId,
    /// Name.
    pub name: String,
    /// Where it is: its workers, its reminder plans.
    pub region_code: RegionCode,
    /// The managing unit that most of its members come from, if it is a unit's branch and not a community's.
    pub unit_id: Option<UnitId>,
    /// The day of the month on which it usually meets (1–28, so that every month has it).
    pub party_day: i16,
    /// Into how many party groups it is divided; most branches are not.
    pub party_groups: i16,
    /// Since when.
    pub founded_on: NaiveDate,
    /// Until when (exclusive).
    pub dissolved_on: Option<NaiveDate>,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Does it exist on that day?
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.founded_on <= day && self.dissolved_on.is_none_or(|end| day < end)
    }

    /// Where it is, for permission.
    pub fn place(&self) -> Place {
        Place::of_branch(self.region_code.clone(), self.id)
    }
}
