//! Row: `evidence`.

use std::fmt;

use attachment::Kind;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Item, Part};
use crate::{
    ids::{AccountId, AccountLinkId, CaseId, DraftId, EvidenceId, MandateAskId},
    privacy::Sealed,
};

/// What stands behind a picture of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 原件已核: somebody of the office has held the original in his hands.
    OriginalSeen,
    /// 复印件: nobody has.
    Copy,
}

impl Source {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OriginalSeen => "原件已核",
            Self::Copy => "复印件，没核原件",
        }
    }
}

/// Does it count?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does.
    Counts,
    /// 作废: somebody of the office has said that it does not; it stays, so that one can see what it was.
    Void,
}

/// 材料.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// Id; the form that sends it carries it, so that it comes once.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    /// With which draft it came. Stays when the draft has become a case.
    pub draft_id: Option<DraftId>,
    /// Of which case.
    pub case_id: Option<CaseId>,
    /// For which wish to act for somebody.
    pub ask_id: Option<MandateAskId>,
    /// For which mandate.
    pub link_id: Option<AccountLinkId>,
    /// What it is meant to show.
    pub item: Item,
    /// Has somebody seen the original?
    pub source: Source,
    /// Does it count?
    pub state: State,
    /// [`Kind::code`].
    pub kind: String,
    /// SHA-256 of what was sent, in hex.
    pub sent_sha256: String,
    /// How many bytes that were.
    pub sent_bytes: i64,
    /// SHA-256 of what is kept, in hex: the same without place and camera.
    pub kept_sha256: String,
    /// How many bytes that are.
    pub kept_bytes: i64,
    /// Pages of a paper.
    pub pages: Option<i32>,
    /// Was there text in which a mark of secrecy was looked for?
    pub was_read: bool,
    /// The key of its objects, sealed; empty once its time is over.
    pub file_key: Sealed,
    /// Where the bytes are; empty once its time is over.
    pub object: String,
    /// Where the small picture is.
    pub small: Option<String>,
    /// Where the copy with black rectangles is.
    pub redacted: Option<String>,
    /// And its small picture.
    pub redacted_small: Option<String>,
    /// SHA-256 of that copy, in hex.
    pub redacted_sha256: Option<String>,
    /// Who made it.
    pub redacted_by: Option<AccountId>,
    /// When.
    pub redacted_at: Option<DateTime<Utc>>,
    /// Which login sent it.
    pub account_id: AccountId,
    /// When the picture was taken, by its camera; when it came, if that says nothing.
    pub taken_at: DateTime<Utc>,
    /// When it came.
    pub sent_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence").field("id", &self.id).field("item", &self.item).finish_non_exhaustive()
    }
}

impl Model {
    /// What it is.
    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(&self.kind)
    }

    /// Is what it said still there?
    pub fn is_there(&self) -> bool {
        !self.object.is_empty()
    }

    /// Where a part of it is.
    pub(super) fn object_of(&self, part: Part) -> Option<&str> {
        match part {
            Part::Original => Some(self.object.as_str()).filter(|object| !object.is_empty()),
            Part::Small => self.small.as_deref(),
            Part::Redacted => self.redacted.as_deref(),
            Part::RedactedSmall => self.redacted_small.as_deref(),
        }
    }
}
