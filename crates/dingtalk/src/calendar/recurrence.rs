//! An event that comes again and again.

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// How an event repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    /// On which days.
    pub pattern: Pattern,
    /// How long.
    pub range: RecurrenceRange,
}

/// On which days an event repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pattern {
    /// `daily`, `weekly`, `absoluteMonthly`, `relativeMonthly` or `absoluteYearly`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Every how many of them, 1 to 365.
    pub interval: i64,
    /// The day of an `absoluteMonthly`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_of_month: Option<i64>,
    /// English, lower case, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_of_week: Option<String>,
    /// `first` to `fourth` or `last` week of a `relativeMonthly`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// `sunday` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_day_of_week: Option<String>,
}

/// How long an event repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecurrenceRange {
    /// `noEnd`, `endDate` or `numbered`.
    #[serde(rename = "type")]
    pub kind: String,
    /// With an offset, of `endDate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// 1 to 99, of `numbered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_of_occurrences: Option<i64>,
}

impl Recurrence {
    pub(super) fn check(&self) -> Result<(), Error> {
        let Self { pattern, range } = self;
        if !(1..=365).contains(&pattern.interval) {
            return Err(Error::NotSent("an event repeats every 1 to 365 days, weeks, months or years"));
        }
        if range.end_date.is_some() && range.number_of_occurrences.is_some() {
            return Err(Error::NotSent("an event repeats until a day or a number of times, not both"));
        }
        if range.number_of_occurrences.is_some_and(|times| !(1..=99).contains(&times)) {
            return Err(Error::NotSent("an event repeats 1 to 99 times"));
        }
        Ok(())
    }
}
