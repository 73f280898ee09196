//! Why something is not done.

use sea_orm::DbErr;

use super::Bar;
use crate::privacy::{CannotOpen, CannotSeal};

/// A rule says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is said, or too much.
    #[error("nothing is said, or too much")]
    Words,
    /// Somebody has done it, or it is over.
    #[error("not now")]
    NotNow,
    /// Enough wait already.
    #[error("enough wait already")]
    Enough,
    /// Whoever would answer it may not.
    #[error("may not answer it: {0:?}")]
    Barred(Bar),
    /// Whoever would get it does not stand high enough, or does not work there.
    #[error("does not reach it")]
    NotThere,
    /// Somebody else has it.
    #[error("somebody else has it")]
    NotYours,
    /// It was extended before.
    #[error("extended before")]
    Extended,
    /// It is late already, or no row says how much longer.
    #[error("cannot be extended")]
    NoTime,
    /// It was looked at again before.
    #[error("looked at again before")]
    Again,
    /// There is no such case there.
    #[error("no such case")]
    NoCase,
    /// What is said about a provincial leader goes by no list: he calls.
    #[error("by telephone")]
    ByTelephone,
}

/// What can happen to a command of this feature.
#[derive(Debug, thiserror::Error)]
pub enum GrievanceError {
    /// There is none, or none that the caller may know of.
    #[error("there is no such grievance")]
    NotFound,
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A field could not be sealed, or a code not be made.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// A sealed field does not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The database failed.
    #[error("the grievance could not be read or written")]
    Db(#[from] DbErr),
}
