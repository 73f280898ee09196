//! Row: `aid_council`: what a meeting said of a case. Written once.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, CaseId, CouncilId};

/// 集体研究.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_council")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CouncilId,
    /// On which case.
    pub case_id: CaseId,
    /// On which day.
    pub held_on: NaiveDate,
    /// How many had to take part.
    pub quorum: i32,
    /// Did more than half agree?
    pub supported: bool,
    /// Who wrote it down.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
