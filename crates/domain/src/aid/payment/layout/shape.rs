//! What a layout says. The names are those of the file in which it is written down; what is not named there is refused.

use std::collections::BTreeMap;

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::aid::payment::ReturnReason;

/// A bank's files, out and back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Between two fields, in both files.
    pub separator: Separator,
    /// Of both files.
    pub encoding: Encoding,
    /// At the end of each line that goes out; what comes back may have either.
    pub line_end: LineEnd,
    /// In both files.
    pub amounts: Amounts,
    /// In both files.
    pub dates: Dates,
    /// How the name of the file ends: at most four small letters.
    pub extension: String,
    /// What goes to the bank.
    pub out: Out,
    /// What comes back.
    pub back: Back,
}

/// Between two fields. A field that holds it has its wide form instead, so that nothing needs quoting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// A tab.
    Tab,
    /// A comma; what comes back may be in double quotes.
    Comma,
    /// A bar.
    Bar,
}

/// How characters are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8 without a mark in front; what comes back may have one.
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

/// Between two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// Carriage return and line feed.
    Crlf,
    /// A line feed.
    Lf,
}

/// How money is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amounts {
    /// `3000.50`.
    Yuan,
    /// `300050`.
    Fen,
}

/// How a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// `20261125`.
    Compact,
    /// `2026-11-25`.
    Dashed,
}

/// What goes to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Out {
    /// A line in front of all; none if it is empty.
    #[serde(default)]
    pub head: Vec<Control>,
    /// Is there a line with the titles of the columns?
    pub titles: bool,
    /// A line for each payment.
    pub columns: Vec<Column>,
    /// A line after all; none if it is empty.
    #[serde(default)]
    pub foot: Vec<Control>,
}

/// A field of the line in front or after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Always the same, such as the number that the bank has for us.
    Text(String),
    /// The batch's number.
    Batch,
    /// The day on which the batch was made; of what comes back, any day.
    Date,
    /// How many lines.
    Count,
    /// Their sum.
    Total,
    /// Anything. Only of what comes back.
    Any,
}

/// A column that goes to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its title; empty where there are none.
    #[serde(default)]
    pub title: String,
    /// What stands in it.
    pub field: Field,
}

/// What of a payment goes to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The number of the line, by which the answer is matched.
    Serial,
    /// The holder of the account.
    Payee,
    /// The account.
    Account,
    /// The bank that keeps it.
    Bank,
    /// How much.
    Amount,
    /// The number of the case.
    Case,
    /// The batch's number.
    Batch,
    /// The day on which the batch was made.
    Date,
    /// Always the same.
    Text(String),
}

/// What comes back: one line for each payment of which the bank has something to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// The line in front of all; none if it is empty. What it says of count and sum must be so.
    #[serde(default)]
    pub head: Vec<Control>,
    /// Is there a line with titles? It is skipped.
    pub titles: bool,
    /// The columns.
    pub columns: Vec<Part>,
    /// The line after all; none if it is empty. What it says of count and sum must be so.
    #[serde(default)]
    pub foot: Vec<Control>,
    /// The words for 已付.
    pub paid: Vec<String>,
    /// The words for 退汇 or 失败.
    pub returned: Vec<String>,
    /// The words for what the bank has not decided yet.
    #[serde(default)]
    pub waiting: Vec<String>,
    /// What the bank's reason holds, and what it is to us; everything else is 其他.
    #[serde(default)]
    pub reasons: BTreeMap<ReturnReason, Vec<String>>,
}

/// What stands in a column that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The number of the line.
    Serial,
    /// The number of the case.
    Case,
    /// The holder of the account.
    Payee,
    /// The account, or its last digits behind stars.
    Account,
    /// How much.
    Amount,
    /// What the bank did.
    Result,
    /// Why.
    Reason,
    /// Nothing to us.
    Ignored,
}

impl Separator {
    /// The character.
    pub const fn char(self) -> char {
        match self {
            Self::Tab => '\t',
            Self::Comma => ',',
            Self::Bar => '|',
        }
    }

    /// What stands in a field instead of it. Of tabs, as of every control character, nothing.
    pub(super) const fn wide(self) -> &'static str {
        match self {
            Self::Tab => "",
            Self::Comma => "，",
            Self::Bar => "｜",
        }
    }
}
