//! Row: `segment_run`: who was in a segment was computed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::{Rule, Tally};
use crate::ids::{AccountId, PersonId, SegmentId, SegmentRunId, SegmentVersionId};

/// 一次计算. It goes through people by id, some hundred at a time; `after` is how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segment_run")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SegmentRunId,
    /// Of which segment.
    pub segment_id: SegmentId,
    /// By which of its versions.
    pub version_id: SegmentVersionId,
    /// All lines, with those that it narrows.
    pub rule: Rule,
    /// As of this day.
    pub on_day: NaiveDate,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// Who asked for it; `None`: it was time.
    pub asked_by: Option<AccountId>,
    /// The last person who was looked at.
    pub after: Option<PersonId>,
    /// How many were looked at.
    pub looked: i64,
    /// When it was done.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many are in.
    pub members: i64,
    /// Of how many somebody must find out.
    pub unsure: i64,
    /// How many came in.
    pub joined: i64,
    /// How many went out.
    pub gone: i64,
    /// SHA-256 of the ids of those who are in, in order, in hex.
    pub sha256: Option<String>,
    /// How many there are by region; kept by the last one that was done.
    pub tally: Option<Tally>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
