//! Row: `meeting`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    calendar,
    ids::{AccountId, BranchId, MeetingId},
};

/// How far a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MeetingStatus {
    /// 计划.
    Planned,
    /// 已召开, as the secretary wrote down.
    Held,
    /// 已取消.
    Cancelled,
}

impl MeetingStatus {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "计划中",
            Self::Held => "已召开",
            Self::Cancelled => "已取消",
        }
    }
}

/// 支部活动: one meeting of a branch, whatever obligations it answers.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingId,
    /// Whose.
    pub branch_id: BranchId,
    /// What members read in the list.
    pub title: String,
    /// From.
    pub starts_at: DateTime<Utc>,
    /// To.
    pub ends_at: DateTime<Utc>,
    /// Where, in words.
    pub place: String,
    /// What it is about and what to bring, in plain words.
    pub description: String,
    /// How far it is.
    pub status: MeetingStatus,
    /// Who planned it.
    pub planned_by: AccountId,
    /// Raised by every change.
    pub version: i64,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// A meeting is a branch's.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The branch.
    #[sea_orm(
        belongs_to = "crate::branch::entity::Entity",
        from = "Column::BranchId",
        to = "crate::branch::entity::Column::Id"
    )]
    Branch,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The local day on which it is.
    pub fn day(&self) -> NaiveDate {
        calendar::local_date(self.starts_at)
    }
}
