//! Row: `leader`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{LeaderId, PersonId};

/// One stay in the class.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leader")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeaderId,
    /// 编号: what stands where a name must not.
    pub number: i32,
    /// Who.
    pub person_id: PersonId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when, if it was a mistake.
    pub until: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// 省级03.
    pub fn says(&self) -> String {
        format!("省级{:02}", self.number)
    }
}
