//! Row: `aid_supplement`: 补正, one thing that was missing.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::Refusal;
use crate::{
    ids::{AccountId, CaseId, SupplementId},
    privacy::{Cell, Sealed},
};

/// How many characters are asked, and answered.
pub const WORDS: usize = 500;

/// 补正.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_supplement")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupplementId,
    /// Of which case.
    pub case_id: CaseId,
    /// What is missing, in words for the applicant, sealed.
    pub asked: Sealed,
    /// Who said so.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The last day. After it, the case need not be received.
    pub until: NaiveDate,
    /// What was answered, or what was handed in; sealed.
    pub answer: Option<Sealed>,
    /// Who answered, or wrote down that it was handed in.
    pub supplied_by: Option<AccountId>,
    /// When.
    pub supplied_at: Option<DateTime<Utc>>,
    /// Was it handed in, and did somebody of the office write that down?
    pub by_hand: bool,
    /// When the case went on without it.
    pub closed_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Supplement").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Model {
    /// Does somebody still wait for it?
    pub fn is_open(&self) -> bool {
        self.supplied_at.is_none() && self.closed_at.is_none()
    }
}

pub(super) fn cell<'a>(column: &'a str, row: &'a str) -> Cell<'a> {
    Cell { table: "aid_supplement", column, row }
}

/// Something short that somebody wrote, without the white space around it.
pub(super) fn words(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > WORDS { Err(Refusal::Words) } else { Ok(text) }
}
