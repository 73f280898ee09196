//! Why a command of this feature says no.

use sea_orm::DbErr;

/// Why nothing happens.
#[derive(Debug, thiserror::Error)]
pub enum SegmentError {
    /// No such segment, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(SegmentRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentRefusal {
    /// It has a name.
    NoName,
    /// There is one of this name in the region.
    Exists,
    /// It has a document.
    NoSource,
    /// It has a line at least, unless it narrows another one.
    NoRule,
    /// The service is due once in one to 366 days.
    Days,
    /// It begins today at the earliest.
    InThePast,
    /// It is not in force yet.
    NotYet,
    /// It begins when the version before it does, at the earliest.
    BeforeLast,
    /// What it narrows says that the service is due more often.
    Rarer,
    /// It has ended.
    Ended,
    /// It is being computed.
    UnderWay,
}

impl From<SegmentRefusal> for SegmentError {
    fn from(refusal: SegmentRefusal) -> Self {
        Self::Refused(refusal)
    }
}
