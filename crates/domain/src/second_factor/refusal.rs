//! Why it is not done.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use crate::privacy::{CannotOpen, CannotSeal};

/// Why nothing is bound, shown or taken away.
#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    /// No such login, or none that the administrator reaches.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(SecondFactorRefusal),
    /// The secret does not open: its key is gone.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The machine has no randomness to give.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorRefusal {
    /// The login has none.
    NotBound,
    /// Another one is bound only by whoever has just shown the one before.
    NotSteppedUp,
    /// Nothing waits for its first code, or it has waited too long.
    NotOffered,
    /// No code of now, or one that was taken already.
    Wrong {
        /// So many more, and it is locked. `None` where nothing is locked: the first code of a new one.
        left: Option<i32>,
    },
    /// Too many wrong ones.
    Locked {
        /// Until then nothing is looked at.
        until: DateTime<Utc>,
    },
    /// Nobody takes away his own.
    OwnAccount,
    /// The second administrator must be another one than the first.
    SamePerson,
    /// It is asked for already.
    Asked,
    /// Nobody has asked for it, or somebody has answered.
    NotAsked,
    /// Without a reason nothing is taken away.
    NoReason,
}
