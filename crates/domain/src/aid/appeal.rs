//! Row: `aid_appeal`: 申诉 against a decision, and what became of it.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

pub use super::public_notice::Outcome;
use crate::{
    ids::{AccountId, AppealId, CaseId, RulingId},
    privacy::{Cell, Sealed},
};

/// 申诉.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_appeal")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AppealId,
    /// Of which case.
    pub case_id: CaseId,
    /// Against which decision.
    pub ruling_id: Option<RulingId>,
    /// What the applicant says, sealed.
    pub said: Sealed,
    /// Who appealed, or wrote it down.
    pub filed_by: AccountId,
    /// When.
    pub filed_at: DateTime<Utc>,
    /// Was it said on the telephone or at the counter, and did somebody of the office write it down?
    pub by_hand: bool,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Why, in words for the applicant; sealed.
    pub reason: Option<Sealed>,
    /// Who judged it.
    pub judged_by: Option<AccountId>,
    /// When.
    pub judged_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Appeal").field("id", &self.id).finish_non_exhaustive()
    }
}

pub(super) fn cell<'a>(column: &'a str, row: &'a str) -> Cell<'a> {
    Cell { table: "aid_appeal", column, row }
}
