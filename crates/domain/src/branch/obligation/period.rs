//! Months, quarters and years of the solar calendar.

use chrono::{Datelike, Months, NaiveDate};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// How often an obligation comes round.
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
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// 每月.
    Month,
    /// 每季度.
    Quarter,
    /// 每年.
    Year,
}

impl Cycle {
    const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The word on screens: 本月, 本季度, 本年 (of the period that is running).
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "本月",
            Self::Quarter => "本季度",
            Self::Year => "今年",
        }
    }
}

/// One month, quarter or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    cycle: Cycle,
    first: NaiveDate,
}

impl Period {
    /// The one that the day lies in.
    pub fn of(cycle: Cycle, day: NaiveDate) -> Self {
        let month = day.month0() / cycle.months() * cycle.months();
        let first = day.with_day(1).and_then(|day| day.with_month0(month)).unwrap_or(day);
        Self { cycle, first }
    }

    /// A month, a quarter or a year.
    pub fn cycle(self) -> Cycle {
        self.cycle
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        let next = self.first.checked_add_months(Months::new(self.cycle.months()));
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// Does the day lie in it?
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{Cycle, Period};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_period_has_its_first_and_its_last_day() {
        let table = [
            (Cycle::Month, day(2026, 11, 30), day(2026, 11, 1), day(2026, 11, 30)),
            (Cycle::Month, day(2028, 2, 29), day(2028, 2, 1), day(2028, 2, 29)),
            (Cycle::Quarter, day(2026, 11, 30), day(2026, 10, 1), day(2026, 12, 31)),
            (Cycle::Quarter, day(2026, 5, 31), day(2026, 4, 1), day(2026, 6, 30)),
            (Cycle::Year, day(2026, 2, 28), day(2026, 1, 1), day(2026, 12, 31)),
        ];
        for (cycle, within, first, last) in table {
            let period = Period::of(cycle, within);
            assert_eq!((period.first(), period.last()), (first, last), "{cycle:?} of {within}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn every_day_lies_in_exactly_its_own_period(days in 0_i64..40_000, step in 0_i64..800) {
            let first = day(1990, 1, 1);
            let (one, other) = (first + chrono::Duration::days(days), first + chrono::Duration::days(days + step));
            for cycle in [Cycle::Month, Cycle::Quarter, Cycle::Year] {
                let period = Period::of(cycle, one);
                prop_assert!(period.contains(one));
                prop_assert_eq!(period.contains(other), Period::of(cycle, other) == period);
            }
        }
    }
}
