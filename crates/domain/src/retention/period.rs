//! How long, and from which day.

use chrono::{Datelike, Days, Months, NaiveDate};
use sea_orm::{DeriveActiveEnum, EnumIter};

/// Months and days. Never less than it says: a month that is too short for the day ends on its last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// So many months …
    pub months: u32,
    /// … and so many days.
    pub days: u32,
}

/// From which day is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Counted {
    /// From the day itself.
    Day,
    /// From the first day of the next year, as archives and accounts do.
    YearEnd,
}

impl Counted {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Day, Self::YearEnd];

    /// The word in forms and rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::YearEnd => "year_end",
        }
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Day => "从当天起算",
            Self::YearEnd => "从第二年1月1日起算",
        }
    }
}

impl Period {
    /// Whole years.
    pub const fn years(years: u32) -> Self {
        Self { months: years * 12, days: 0 }
    }

    /// Whole months.
    pub const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// Whole days.
    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// The first day on which something may go. `None` when the calendar ends before.
    pub fn due(self, counted: Counted, from: NaiveDate) -> Option<NaiveDate> {
        let from = match counted {
            Counted::Day => from,
            Counted::YearEnd => NaiveDate::from_ymd_opt(from.year().checked_add(1)?, 1, 1)?,
        };
        let there = from.checked_add_months(Months::new(self.months))?;
        // 31 January and a month is 28 February; that would be three days too early by the count of days.
        let short = u64::from(from.day().saturating_sub(there.day()));
        there.checked_add_days(Days::new(u64::from(self.days) + short))
    }

    /// A day such that nothing from a later one is due today: where a question begins.
    pub(super) fn latest(self, today: NaiveDate) -> Option<NaiveDate> {
        today.checked_sub_days(Days::new(u64::from(self.days)))?.checked_sub_months(Months::new(self.months))
    }

    /// Is it at least as long, whatever the months?
    pub fn reaches(self, least: Self) -> bool {
        // The shortest and the longest that so many months can be.
        let shortest = u64::from(self.months) * 30_436 / 1000 + u64::from(self.days);
        let longest = u64::from(least.months) * 30_437 / 1000 + u64::from(least.days);
        (self.months >= least.months && self.days >= least.days) || shortest > longest
    }

    /// 30年, 6个月, 30天.
    pub fn label(self) -> String {
        let mut words = String::new();
        match (self.months / 12, self.months % 12) {
            (0, 0) => {}
            (years, 0) => words = format!("{years}年"),
            (0, months) => words = format!("{months}个月"),
            (years, months) => words = format!("{years}年{months}个月"),
        }
        if self.days > 0 {
            return format!("{words}{}天", self.days);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{Counted, Period};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_ends_on_its_day() {
        for (period, counted, from, due) in [
            (Period::years(30), Counted::Day, "1996-03-01", "2026-03-01"),
            (Period::years(30), Counted::YearEnd, "1995-03-01", "2026-01-01"),
            (Period::years(30), Counted::YearEnd, "1995-12-31", "2026-01-01"),
            (Period::years(30), Counted::YearEnd, "1996-01-01", "2027-01-01"),
            (Period::days(30), Counted::Day, "2026-01-31", "2026-03-02"),
            (Period::months(1), Counted::Day, "2026-01-31", "2026-03-03"),
            (Period::years(1), Counted::Day, "2024-02-29", "2025-03-01"),
        ] {
            assert_eq!(period.due(counted, day(from)), Some(day(due)), "{period:?} {counted:?} {from}");
        }
        assert_eq!(Period::years(300_000).due(Counted::Day, day("2026-01-01")), None);
    }

    #[test]
    fn a_shorter_one_does_not_reach() {
        let year = Period::years(1);
        for longer in [year, Period::months(13), Period { months: 12, days: 1 }, Period::days(366)] {
            assert!(longer.reaches(year), "{longer:?}");
        }
        for shorter in [Period::months(11), Period::days(360), Period { months: 11, days: 20 }] {
            assert!(!shorter.reaches(year), "{shorter:?}");
        }
    }

    #[test]
    fn it_is_said_as_people_say_it() {
        assert_eq!(Period::years(30).label(), "30年");
        assert_eq!(Period::months(6).label(), "6个月");
        assert_eq!(Period::months(18).label(), "1年6个月");
        assert_eq!(Period::days(30).label(), "30天");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_is_due_is_found_by_the_question(months in 0_u32..500, days in 0_u32..40, ago in 0_u64..20_000, end in any::<bool>()) {
            let period = Period { months, days };
            let counted = if end { Counted::YearEnd } else { Counted::Day };
            let today = day("2026-11-25");
            let from = today - chrono::Days::new(ago);
            if period.due(counted, from).unwrap() <= today {
                prop_assert!(from <= period.latest(today).unwrap());
            }
        }
    }
}
