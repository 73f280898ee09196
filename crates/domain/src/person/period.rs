//! When somebody joined the revolutionary work, and in which period that was. The periods are told by days; files often know a month or
//! a year only, and where that lies in two periods a human decides: it decides treatment, so nothing is guessed.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, Months, NaiveDate};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{Person, Precision};
use crate::ids::NotAnId;

/// 革命时期.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Period {
    /// 第一次国内革命战争时期, 1921-07-01 to 1927-07-31.
    #[sea_orm(string_value = "R1")]
    R1,
    /// 第二次国内革命战争时期 (红军时期), to 1937-07-06.
    #[sea_orm(string_value = "R2")]
    R2,
    /// 抗日战争前期, to 1942-12-31.
    #[sea_orm(string_value = "K1")]
    K1,
    /// 抗日战争后期, to 1945-09-02.
    #[sea_orm(string_value = "K2")]
    K2,
    /// 解放战争时期, to 1949-09-30.
    #[sea_orm(string_value = "J")]
    J,
}

/// The first day of each period, and the first day after the last.
const FIRST_DAYS: [(i32, u32, u32); 6] =
    [(1921, 7, 1), (1927, 8, 1), (1937, 7, 7), (1943, 1, 1), (1945, 9, 3), (1949, 10, 1)];

impl Period {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::R1, Self::R2, Self::K1, Self::K2, Self::J];

    /// The period of a day. `None` before 1921-07-01 and from 1949-10-01.
    pub fn of(day: NaiveDate) -> Option<Self> {
        let day = (day.year(), day.month(), day.day());
        let begun = FIRST_DAYS.iter().filter(|first| **first <= day).count();
        begun.checked_sub(1).and_then(|at| Self::ALL.get(at).copied())
    }

    /// The word in rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::R1 => "R1",
            Self::R2 => "R2",
            Self::K1 => "K1",
            Self::K2 => "K2",
            Self::J => "J",
        }
    }

    /// Reads [`Period::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::R1 => "第一次国内革命战争时期",
            Self::R2 => "第二次国内革命战争时期",
            Self::K1 => "抗日战争前期",
            Self::K2 => "抗日战争后期",
            Self::J => "解放战争时期",
        }
    }

    /// 生活补贴: by how many half months of standard salary a year it is raised.
    pub const fn extra_half_months(self) -> u32 {
        match self {
            Self::R1 | Self::R2 => 4,
            Self::K1 => 3,
            Self::K2 => 2,
            Self::J => 0,
        }
    }
}

/// A day of which perhaps only the month or the year is known; then it is the first one. In rows `1945-09-01/month`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The day, or the first of the month or year.
    pub on: NaiveDate,
    /// How much of it is known.
    pub precision: Precision,
}

/// What the date says of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// This one.
    Period(Period),
    /// Joined before or after all of them.
    Outside,
    /// The first and the last day that it may be are in different ones; `None` is "after 1949-09-30" or "before 1921-07-01".
    Straddles(Option<Period>, Option<Period>),
}

impl Known {
    /// The first and the last day that it may be.
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        let first = match self.precision {
            Precision::Day => return (self.on, self.on),
            Precision::Month => self.on.with_day(1),
            Precision::Year => NaiveDate::from_ymd_opt(self.on.year(), 1, 1),
        };
        let first = first.unwrap_or(self.on);
        let months = if self.precision == Precision::Year { 12 } else { 1 };
        let next = first.checked_add_months(Months::new(months)).unwrap_or(first);
        (first, next.checked_sub_days(Days::new(1)).unwrap_or(first))
    }

    /// In which period it is.
    pub fn period(self) -> Told {
        let (first, last) = self.days();
        match (Period::of(first), Period::of(last)) {
            (Some(one), Some(other)) if one == other => Told::Period(one),
            (None, None) => Told::Outside,
            (one, other) => Told::Straddles(one, other),
        }
    }

    /// As people write it: 1949年9月.
    pub fn say(self) -> String {
        let (year, month, day) = (self.on.year(), self.on.month(), self.on.day());
        match self.precision {
            Precision::Day => format!("{year}年{month}月{day}日"),
            Precision::Month => format!("{year}年{month}月"),
            Precision::Year => format!("{year}年"),
        }
    }

    /// Reads what people type: `1945-09-02`, `1945-09`, `1945`, with points, slashes or 年月日.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
        let mut parts = text.split_whitespace();
        let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month = parts.next().map(str::parse::<u32>).transpose().ok()?;
        let day = parts.next().map(str::parse::<u32>).transpose().ok()?;
        let precision = match (month, day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        };
        let on = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
        parts.next().is_none().then_some(Self { on, precision })
    }
}

/// The months and years that lie in two periods, each with the first and the last day that a record of it may have: what
/// [`Known::period`] says of a date, for a query.
pub(super) fn straddling() -> Vec<(Precision, NaiveDate, NaiveDate)> {
    let mut found = Vec::new();
    for (year, month, day) in FIRST_DAYS {
        let Some(on) = NaiveDate::from_ymd_opt(year, month, day) else { continue };
        for precision in [Precision::Month, Precision::Year] {
            let known = Known { on, precision };
            if matches!(known.period(), Told::Straddles(..)) {
                let (first, last) = known.days();
                found.push((precision, first, last));
            }
        }
    }
    found
}

/// What a record says of the period, before anybody decided.
pub fn of_person(person: &Person) -> Option<Told> {
    let on = person.joined_work_on?;
    Some(Known { on, precision: person.joined_work_precision.unwrap_or(Precision::Year) }.period())
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.on, sea_orm::ActiveEnum::to_value(&self.precision))
    }
}

impl FromStr for Known {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (on, precision) = text.split_once('/').ok_or(NotAnId)?;
        let precision = sea_orm::ActiveEnum::try_from_value(&precision.to_owned()).or(Err(NotAnId))?;
        Ok(Self { on: on.parse().or(Err(NotAnId))?, precision })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{Known, Period, Precision, Told, straddling};

    fn known(text: &str) -> Known {
        Known::read(text).unwrap()
    }

    #[test]
    fn periods_change_on_their_days() {
        for (day, period) in [
            ("1921-06-30", None),
            ("1921-07-01", Some(Period::R1)),
            ("1927-07-31", Some(Period::R1)),
            ("1927-08-01", Some(Period::R2)),
            ("1937-07-06", Some(Period::R2)),
            ("1937-07-07", Some(Period::K1)),
            ("1942-12-31", Some(Period::K1)),
            ("1943-01-01", Some(Period::K2)),
            ("1945-09-02", Some(Period::K2)),
            ("1945-09-03", Some(Period::J)),
            ("1949-09-30", Some(Period::J)),
            ("1949-10-01", None),
        ] {
            assert_eq!(Period::of(day.parse().unwrap()), period, "{day}");
        }
    }

    #[test]
    fn a_month_or_a_year_in_two_periods_is_not_guessed() {
        for (text, told) in [
            ("1945-09", Told::Straddles(Some(Period::K2), Some(Period::J))),
            ("1937.7", Told::Straddles(Some(Period::R2), Some(Period::K1))),
            ("1945年", Told::Straddles(Some(Period::K2), Some(Period::J))),
            ("1949", Told::Straddles(Some(Period::J), None)),
            ("1949年9月", Told::Period(Period::J)),
            ("1949/10", Told::Outside),
            ("1942-12", Told::Period(Period::K1)),
            ("1943", Told::Period(Period::K2)),
            ("1927-07", Told::Period(Period::R1)),
            ("1945-09-03", Told::Period(Period::J)),
        ] {
            assert_eq!(known(text).period(), told, "{text}");
        }
    }

    #[test]
    fn what_is_typed_is_read_or_not_at_all() {
        assert_eq!(known("1949年9月").precision, Precision::Month);
        assert_eq!(known(" 1949.09.30 ").say(), "1949年9月30日");
        for bad in ["", "49.9", "1949-13", "1949-02-30", "194909", "1949-9-1-1", "不详"] {
            assert_eq!(Known::read(bad), None, "{bad:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Every day that it may be is in the period that is told, and reading gives back what was written.
        #[test]
        fn what_is_told_holds_for_every_day(offset in 0_u64..12_000, which in 0_usize..3) {
            let on = NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() + chrono::Days::new(offset);
            let precision = [Precision::Day, Precision::Month, Precision::Year][which];
            let known = Known { on, precision };
            let (first, last) = known.days();
            prop_assert!(first <= on && on <= last);
            match known.period() {
                Told::Period(period) => {
                    prop_assert!(first.iter_days().take_while(|day| *day <= last).all(|day| Period::of(day) == Some(period)));
                }
                Told::Outside => prop_assert!(Period::of(on).is_none()),
                Told::Straddles(one, other) => prop_assert_ne!(one, other),
            }
            let listed = straddling().into_iter().any(|(of, first, last)| of == precision && (first..=last).contains(&on));
            prop_assert_eq!(listed, matches!(known.period(), Told::Straddles(..)));
            prop_assert_eq!(known.to_string().parse(), Ok(known));
        }
    }
}
