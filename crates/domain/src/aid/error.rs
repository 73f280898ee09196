//! What can go wrong with a command of this feature.

use sea_orm::DbErr;

use super::Refusal;
use crate::privacy::{CannotOpen, CannotSeal};

/// What can happen to a command of this feature.
#[derive(Debug, thiserror::Error)]
pub enum AidError {
    /// There is no such row, or none that the caller may know of.
    #[error("there is no such draft, case or batch")]
    NotFound,
    /// The platform speaks of an instance that we do not know, perhaps not yet: ask again later.
    #[error("the approval instance is not known yet")]
    NotYetKnown,
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// A field could not be sealed.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// A sealed field does not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The ledger refuses what the case's status says is possible: the two disagree, and a person must look.
    #[error("the ledger and the case disagree")]
    Ledger(#[source] ledger::LedgerError),
    /// The database failed.
    #[error("the case could not be read or written")]
    Db(#[from] DbErr),
}

impl From<Refusal> for AidError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ledger::LedgerError> for AidError {
    fn from(error: ledger::LedgerError) -> Self {
        match error {
            ledger::LedgerError::Db(error) => Self::Db(error),
            ledger::LedgerError::Insufficient { .. }
            | ledger::LedgerError::Duplicate
            | ledger::LedgerError::Frozen { .. }
            | ledger::LedgerError::NotCarried
            | ledger::LedgerError::NotAnAmount => Self::Ledger(error),
        }
    }
}
