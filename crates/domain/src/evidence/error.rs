//! Why a command on papers says no.

use attachment::Marked;
use sea_orm::DbErr;

use super::CannotKeep;
use crate::{
    aid::{self, AidError},
    privacy::{CannotOpen, CannotSeal},
};

/// A rule that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There are as many as may be.
    TooMany,
    /// It bears a mark of secrecy. That it came is written down, and nothing of it kept.
    Marked(Marked),
    /// It is none of what may be sent here.
    NotHere,
    /// The case is over.
    Over,
    /// What it said has gone when its time was over.
    Gone,
    /// A paper has no points to black out.
    NoPicture,
    /// A rule of aid.
    Aid(aid::Refusal),
}

/// Why a command on papers failed.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// There is no such paper, or one may not know of it.
    #[error("not found")]
    NotFound,
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// It took so long to come that it was taken for lost.
    #[error("too late")]
    TooLate,
    /// The files cannot be written or read.
    #[error(transparent)]
    Files(#[from] CannotKeep),
    /// Something sealed does not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// There is no randomness.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The case is not what it should be.
    #[error(transparent)]
    Case(AidError),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

impl From<Refusal> for EvidenceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<AidError> for EvidenceError {
    fn from(error: AidError) -> Self {
        match error {
            AidError::NotFound => Self::NotFound,
            AidError::Refused(refusal) => Self::Refused(Refusal::Aid(refusal)),
            AidError::Db(error) => Self::Db(error),
            other => Self::Case(other),
        }
    }
}
