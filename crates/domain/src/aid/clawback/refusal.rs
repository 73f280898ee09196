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
    /// 核销: there is not what the reason says.
    Loss,
    /// 核销: a document is named, in few words.
    Document,
    /// 核销: the paper that shows it is among those of the case, and counts.
    Paper,
    /// Somebody has proposed to write it off, and nobody has decided yet.
    WriteOffOpen,
    /// So much of it is written off, so that what comes is taken in there, and is no return.
    WrittenOff {
        /// How much.
        written_off: Fen,
    },
    /// Is asked back, so that it is not paid again.
    Unsettled,
    /// So much was given back already, so that the bank cannot have sent back the whole.
    PaidBack {
        /// How much.
        recovered: Fen,
    },
}
