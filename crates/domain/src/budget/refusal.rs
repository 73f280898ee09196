//! Why an order is not made or not posted.

use ledger::{Fen, LedgerError};
use sea_orm::DbErr;

/// A rule that stands in the way, with what its sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Money has a document.
    NoSource,
    /// Nothing, less than nothing, or more than can be told.
    Amount,
    /// Neither this year nor the one before or after.
    Year,
    /// 下拨 goes to regions below, and only as far as counties.
    NotBelow,
    /// 上缴 goes to a region above.
    NotAbove,
    /// It is divided among nobody.
    NoWeights,
    /// A region stands there twice.
    Twice,
    /// There is not enough where it is taken from.
    Short {
        /// What is there that nobody was promised.
        available: Fen,
        /// What was asked for besides.
        missing: Fen,
    },
    /// The year is frozen there.
    Frozen {
        /// Which.
        year: i32,
    },
    /// A year is frozen on its last day at the earliest.
    NotOver {
        /// Which.
        year: i32,
    },
    /// The second person is another one than the first.
    SamePerson,
    /// It is decided already.
    NotNow,
}

impl Refusal {
    /// There is less than what was asked for.
    pub(super) fn short(available: Fen, wanted: Fen) -> Self {
        Self::Short { available, missing: wanted.checked_sub(available).unwrap_or(wanted) }
    }
}

/// What can happen to a command of this feature.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// There is no such order, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The ledger refuses what cannot be.
    #[error("the ledger and the order disagree")]
    Ledger(#[source] LedgerError),
    /// A case could not go over into the new year.
    #[error("a case could not be carried over")]
    Case(#[from] crate::aid::AidError),
    /// A plan of visits could not be carried over into the new year.
    #[error("a plan could not be carried over")]
    Plan(#[from] crate::outreach::OutreachError),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

impl From<Refusal> for BudgetError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<LedgerError> for BudgetError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Db(error) => Self::Db(error),
            LedgerError::Insufficient { available, wanted } => Refusal::short(available, wanted).into(),
            LedgerError::Frozen { year } => Refusal::Frozen { year }.into(),
            LedgerError::NotAnAmount => Refusal::Amount.into(),
            LedgerError::Duplicate | LedgerError::NotCarried => Self::Ledger(error),
        }
    }
}
