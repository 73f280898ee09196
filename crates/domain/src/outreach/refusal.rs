//! Why a command of this feature says no.

use ledger::{Fen, LedgerError};
use sea_orm::DbErr;

use crate::{
    ids::RegionCode,
    privacy::{CannotOpen, CannotSeal},
};

/// A rule that stands in the way, with what its sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A standard needs an amount or an item, one or two visitors, days within a year, and a document.
    Standard,
    /// A standard begins today at the earliest.
    InThePast,
    /// There is one of that day already.
    Exists,
    /// A layer above says less.
    Contradicts {
        /// Whose.
        region: RegionCode,
        /// Its document.
        source: String,
    },
    /// Somebody has decided already, or it is at another step.
    NotNow,
    /// The second person is another one than the first.
    SamePerson,
    /// There is no such day.
    NoDay,
    /// A plan is a county's, or a unit's.
    TooWide,
    /// Nobody is on the list.
    Nobody,
    /// A reason is needed, in few words.
    NoReason,
    /// The person has died.
    Dead,
    /// The person is on a plan of this occasion already, perhaps elsewhere.
    Twice,
    /// There is not enough in the envelope.
    Short {
        /// What is there that nobody was promised.
        available: Fen,
        /// What is missing.
        missing: Fen,
    },
    /// The year is frozen.
    Frozen {
        /// Which.
        year: i32,
    },
    /// The standard asks for two visitors, who both work there.
    Second,
    /// More than the list says.
    TooMuch,
    /// There are not so many pieces.
    NoPieces {
        /// So many are there.
        there: i64,
    },
    /// Nobody who was there settles.
    WasThere,
    /// Who made, proposed or approved a plan does not settle it.
    HadPart,
    /// Somebody has not signed yet.
    NoReceipt {
        /// How many.
        count: usize,
    },
    /// Somebody may still be visited in time.
    StillDue {
        /// How many.
        count: usize,
    },
    /// The day lies ahead, or before the plan.
    Day,
    /// Nothing is said, or too much.
    Words,
    /// An item needs a name and a value.
    Item,
    /// A purchase needs a number, an amount and an invoice.
    Purchase,
    /// The person is in hospital already, or goes home before having come.
    Stay,
    /// Nobody is there to share the way.
    NoWorkers,
    /// No place on earth.
    Point,
}

/// What can happen to a command of this feature.
#[derive(Debug, thiserror::Error)]
pub enum OutreachError {
    /// There is no such row, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The ledger refuses what cannot be.
    #[error("the ledger and the plan disagree")]
    Ledger(#[source] LedgerError),
    /// The words do not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The machine has no randomness to give.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

impl From<Refusal> for OutreachError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<LedgerError> for OutreachError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Db(error) => Self::Db(error),
            LedgerError::Insufficient { available, wanted } => {
                let missing = wanted.checked_sub(available).unwrap_or(wanted);
                Refusal::Short { available, missing }.into()
            }
            LedgerError::Frozen { year } => Refusal::Frozen { year }.into(),
            LedgerError::NotAnAmount | LedgerError::Duplicate | LedgerError::NotCarried => {
                Self::Ledger(error)
            }
        }
    }
}
