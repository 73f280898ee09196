//! Why nothing is asked back.

use chrono::NaiveDate;
use ledger::Fen;

/// A rule of 追回 that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoClaim {
    /// One of the case is open.
    Open,
    /// The person may still appeal.
    Appeal {
        /// The last day.
        until: NaiveDate,
    },
    /// There is not what the cause says.
    Cause,
    /// More than was paid, or than is still to come.
    Amount {
        /// At most.
        most: Fen,
    },
    /// A part comes after the decision, and not in the future.
    Date,
    /// The bank has sent the money back: there is nothing to give back.
    CameBack,
    /// Is asked back, so that it is not paid again.
    Unsettled,
    /// So much was given back already, so that the bank cannot have sent back the whole.
    PaidBack {
        /// How much.
        recovered: Fen,
    },
}
