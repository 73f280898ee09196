//! What verifying a bundle says.

use chrono::{DateTime, Utc};
use ledger::Fen;

use super::{heard::Answered, instalment::Instalment};
use crate::{aid::Status, ids::CaseId};

/// What holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// How far it was.
    pub status: Status,
    /// What was approved.
    pub approved: Option<Fen>,
    /// What was paid.
    pub paid: Fen,
    /// Of that, what is written off.
    pub written_off: Fen,
    /// When the bundle was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// How many entries the log has.
    pub events: usize,
    /// How many lines of the platform's own record are in it.
    pub platform_lines: usize,
    /// How many notices hung.
    pub notices: usize,
    /// The objections while they hung.
    pub objections: Answered,
    /// The appeals.
    pub appeals: Answered,
    /// What went to the bank, one after the other.
    pub instalments: Vec<Instalment>,
    /// How many rows of the audit chain are in it.
    pub audit_rows: usize,
    /// Where the chain ended then: to be compared with an anchor that was kept elsewhere.
    pub chain_end: audit::Anchor,
}

/// What does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{section}: {why}")]
pub struct Broken {
    /// One of [`SECTIONS`](super::SECTIONS), or `seal`, `format`, `file`.
    pub section: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It cannot be read.
    #[error("cannot be read")]
    Unreadable,
    /// It reads the same, but not a byte may differ.
    #[error("is not written as bundles are")]
    Rewritten,
    /// It is not there.
    #[error("is missing")]
    Missing,
    /// It is not what was signed.
    #[error("is not what was signed")]
    Changed,
    /// It is signed with another key.
    #[error("is signed with another key")]
    OtherKey,
    /// It was signed so, and yet contradicts the rest: the database itself was wrong when the bundle was made.
    #[error("contradicts the rest")]
    Contradicts,
}

pub(super) fn broken(section: &str, why: Why) -> Broken {
    Broken { section: section.to_owned(), why }
}
