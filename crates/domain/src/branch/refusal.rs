//! Why a command of this feature says no.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DbErr;

use crate::ids::BranchId;

/// A rule that stands in the way, with what its sentence needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not a member of the meeting's branch, or an officer of another branch.
    NotYourBranch,
    /// The sign-in has not opened.
    NotYet {
        /// When it will.
        opens_at: DateTime<Utc>,
    },
    /// It is over.
    Over {
        /// When the meeting ended.
        ended_at: DateTime<Utc>,
    },
    /// The meeting was cancelled.
    Cancelled,
    /// The person has died.
    Dead,
    /// The entry is the secretary's; he corrects it, not the person.
    RolledCall,
    /// The meeting must end after it begins, and within a day.
    BadTime,
    /// A meeting of so long ago is not written down any more.
    TooLongAgo,
    /// A meeting needs a title, a branch a name.
    NoTitle,
    /// A meeting that was held cannot be cancelled.
    AlreadyHeld,
    /// A meeting that has not begun cannot have been held.
    NotBegun,
    /// The branch does not exist (yet, or any more) on that day.
    NoSuchBranch,
    /// The day of the month must be 1 to 28, so that every month has it.
    BadPartyDay,
    /// Is a member already.
    AlreadyMember {
        /// Since when.
        since: NaiveDate,
    },
    /// 组织关系 is with another branch, which must let the member go first.
    AffiliatedElsewhere {
        /// Which.
        branch: BranchId,
    },
    /// Somebody changed it in the meantime.
    Stale,
}

/// What can happen to a command of this feature.
#[derive(Debug, thiserror::Error)]
pub enum BranchError {
    /// There is no such row, or none that the caller may know of.
    #[error("there is no such meeting or branch")]
    NotFound,
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database failed.
    #[error("the branch's records could not be read or written")]
    Db(#[from] DbErr),
}

impl From<Refusal> for BranchError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
