//! Row: `aid_write_off`: one proposal to ask for the rest of a claim no more.

use std::fmt;

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::{
    aid::{ProposalState, clawback::Loss},
    ids::{AccountId, CaseId, ClawbackId, EvidenceId, WriteOffId},
    privacy::{Cell, Sealed},
};

/// How many characters a document's number may have.
pub const DOCUMENT: usize = 100;

/// 坏账核销.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_write_off")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WriteOffId,
    /// Of which claim.
    pub clawback_id: ClawbackId,
    /// Of which case.
    pub case_id: CaseId,
    /// How far.
    pub state: ProposalState,
    /// The rest of the claim when it was proposed.
    pub amount: Fen,
    /// Why it cannot be collected.
    pub loss: Loss,
    /// The same in words; sealed.
    pub why: Sealed,
    /// The document that allows it.
    pub document: String,
    /// The paper that shows it.
    pub evidence_id: EvidenceId,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteOff").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

pub(in crate::aid) fn why_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_write_off", column: "why", row }
}
