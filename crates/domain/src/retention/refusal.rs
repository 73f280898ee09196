//! Why a command of this feature says no.

use sea_orm::DbErr;

use super::period::Period;
use crate::privacy::CannotSeal;

/// A rule that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionRefusal {
    /// There is no such class.
    UnknownClass,
    /// The class goes by no rule.
    NoRuleThere,
    /// Shorter than its document allows.
    TooShort {
        /// At least this long.
        least: Period,
        /// By which document.
        document: &'static str,
    },
    /// No time at all, or more than a hundred years.
    NoPeriod,
    /// No document, or a name that is too long.
    NoDocument,
    /// It would be in force before it was set.
    Begun,
    /// What goes for good is decided for a whole province.
    NotProvince,
    /// 第二人: nobody approves what he proposed, himself or by his substitute.
    SamePerson,
    /// The list is not where this step begins.
    NotNow,
    /// The list is not the one that was seen.
    OtherList,
    /// There is nothing on the list that could go.
    NothingThere,
    /// No reason, or too many words.
    NoReason,
    /// No such person, case, unit or class where the worker may place a hold.
    NothingToHold,
    /// It is lifted already, or somebody has asked for it.
    HoldNotNow,
    /// Nobody has asked for lifting it.
    NotAsked,
    /// 解除要两个人: who asked for it does not lift it.
    SameHand,
}

/// Why nothing is done.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// No such list or hold, or none that the reader may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(RetentionRefusal),
    /// The machine has no randomness to give.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

impl From<RetentionRefusal> for RetentionError {
    fn from(refusal: RetentionRefusal) -> Self {
        Self::Refused(refusal)
    }
}
