//! Row: `aid_public_notice`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CaseId, PublicNoticeId};

/// How far a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// It hangs.
    Open,
    /// Somebody objected: it hangs, and its clock stands still.
    Frozen,
    /// It has hung long enough, and is down.
    Closed,
    /// It was taken down before.
    TakenDown,
}

/// 公示.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_public_notice")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PublicNoticeId,
    /// About which case. Never shown.
    pub case_id: CaseId,
    /// How far.
    pub state: NoticeState,
    /// What hangs, on the page and on paper alike.
    pub text: String,
    /// Since when.
    pub opened_on: NaiveDate,
    /// The last day on which it hangs.
    pub closes_on: NaiveDate,
    /// While frozen, how many working days were left.
    pub days_left: Option<i32>,
    /// Who released it.
    pub published_by: AccountId,
    /// When.
    pub published_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// A notice is about a case, whose region says where it hangs.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The case.
    #[sea_orm(
        belongs_to = "crate::aid::entity::Entity",
        from = "Column::CaseId",
        to = "crate::aid::entity::Column::Id"
    )]
    Case,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// May the public read it on this day? From the end on it is gone by itself, whether or not a job has run.
    pub fn is_public(&self, today: NaiveDate) -> bool {
        match self.state {
            NoticeState::Open => today <= self.closes_on,
            NoticeState::Frozen => true,
            NoticeState::Closed | NoticeState::TakenDown => false,
        }
    }

    /// Has it hung for all its days?
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.state == NoticeState::Open && today > self.closes_on
    }
}
