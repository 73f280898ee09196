//! What stands in a cell, and what can be wrong with it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{days_of, plain, tidy};

/// What stands in a cell. A blank one is not there at all.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// A text, as it is.
    #[serde(rename = "t")]
    Text(String),
    /// A number in the file's own spelling, which may be `1.38E10`.
    #[serde(rename = "n")]
    Number(String),
    /// A number that the program shows as a date: days since 1899-12-30, perhaps with a fraction.
    #[serde(rename = "d")]
    Serial(String),
    /// A formula that failed: `#N/A`.
    #[serde(rename = "e")]
    Failed(String),
}

impl Cell {
    /// The text as a reader sees it, tidied: a date as `1948-03-02`, a number with all its digits as far as it has them.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Failed(text) => tidy(text),
            Self::Number(text) => plain(text).unwrap_or_else(|| text.clone()),
            Self::Serial(text) => days_of(text).map_or_else(|| text.clone(), |day| day.to_string()),
        }
    }

    /// Nothing but white space.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if tidy(text).is_empty())
    }
}

/// Cells hold people's data, so nothing of them is printed.
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(***)",
            Self::Number(_) => "Number(***)",
            Self::Serial(_) => "Serial(***)",
            Self::Failed(_) => "Failed(***)",
        })
    }
}

/// Why a cell is not the value that it should be. The caller has the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// A number of more than 15 digits, or one in scientific notation: the last digits are lost for good. The column must be set to
    /// text and the number typed again.
    #[error("digits are lost")]
    DigitsLost,
    /// Something other than digits.
    #[error("not digits")]
    NotDigits,
    /// A formula that failed.
    #[error("a formula failed")]
    Failed,
    /// No date in any spelling that is known.
    #[error("not a date")]
    NotADate,
    /// A date that no calendar has: 30 February.
    #[error("no such day")]
    NoSuchDay,
    /// A year of two digits that may be this century or the last.
    #[error("which century?")]
    WhichCentury,
    /// The number 1949.1, which a program makes of `1949.10`, too.
    #[error("January or October?")]
    JanuaryOrOctober,
}
