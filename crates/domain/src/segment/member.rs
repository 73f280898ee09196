//! Row: `segment_member`: somebody is in a segment from a day until a day. A row for each change.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::Cause;
use crate::ids::{PersonId, SegmentId, SegmentMemberId, SegmentRunId, UnitId};

/// How somebody stands to a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Standing {
    /// In it: every line is so.
    Member,
    /// No line is not so, and of one the register does not know: somebody finds out.
    Unsure,
}

impl Standing {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Member, Self::Unsure];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Unsure => "unsure",
        }
    }

    /// Reads [`Standing::code`].
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// A stretch of time in a segment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segment_member")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SegmentMemberId,
    /// Which.
    pub segment_id: SegmentId,
    /// Who.
    pub person_id: PersonId,
    /// Who manages the person now, as `person.unit_id` says.
    pub unit_id: UnitId,
    /// How.
    pub standing: Standing,
    /// From this day …
    pub from_on: NaiveDate,
    /// … as this computation found …
    pub joined_run: SegmentRunId,
    /// … because of this.
    pub joined_why: Cause,
    /// Until the day before this one …
    pub until_on: Option<NaiveDate>,
    /// … as this computation found; `None`: a death or the segment's end.
    pub left_run: Option<SegmentRunId>,
    /// … because of this.
    pub left_why: Option<Cause>,
}

/// Who manages the person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Which unit.
    #[sea_orm(
        belongs_to = "crate::person::unit::Entity",
        from = "Column::UnitId",
        to = "crate::person::unit::Column::Id"
    )]
    Unit,
}

impl ActiveModelBehavior for ActiveModel {}
