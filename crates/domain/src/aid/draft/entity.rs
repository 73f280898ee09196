//! Row: `aid_draft`.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use secrecy::ExposeSecret;

use super::Answers;
use crate::{
    ids::{AccountId, DraftId, PersonId},
    privacy::{CannotOpen, CannotSeal, Cell, Sealed, Sealer},
};

/// A draft is offered for so long after its last change.
pub const OFFERED_FOR: TimeDelta = TimeDelta::days(30);

/// 草稿.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_draft")]
pub struct Model {
    /// Id; the form that sends it carries it, so that it is sent once.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DraftId,
    /// Who writes.
    pub account_id: AccountId,
    /// For whom.
    pub person_id: PersonId,
    /// The [`Answers`], sealed.
    pub answers: Sealed,
    /// Raised by every answer: what is sent is what the check page showed.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").field("id", &self.id).field("version", &self.version).finish_non_exhaustive()
    }
}

impl Model {
    /// Is it still offered?
    pub fn is_offered(&self, now: DateTime<Utc>) -> bool {
        now < self.updated_at + OFFERED_FOR
    }

    /// What has been answered. A draft written by an older version of the form has fewer answers, never wrong ones.
    pub fn answers(&self, seal: &Sealer) -> Result<Answers, CannotOpen> {
        let row = self.id.to_string();
        let text = seal.open(cell(&row), &self.answers)?;
        serde_json::from_str(text.expose_secret()).or(Err(CannotOpen))
    }
}

/// Seals answers for a draft.
pub(in crate::aid) fn seal(seal: &Sealer, id: DraftId, answers: &Answers) -> Result<Sealed, CannotSeal> {
    let text = serde_json::to_string(answers).or(Err(CannotSeal))?;
    seal.seal(cell(&id.to_string()), &text)
}

fn cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_draft", column: "answers", row }
}
