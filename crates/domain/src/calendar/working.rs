//! Working days. A year without a notice is Monday to Friday less the holidays on fixed dates, and is marked provisional.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use super::{CalendarDay, entity};

/// What kind of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People are at work.
    Working,
    /// They are not.
    Off,
}

/// The working-day calendar, in memory.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    special: HashMap<NaiveDate, bool>,
    /// Years with a notice.
    known: HashSet<i32>,
}

impl Calendar {
    /// Reads the table.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        Ok(Self::of(entity::Entity::find().all(db).await?))
    }

    /// From rows.
    pub fn of(rows: impl IntoIterator<Item = CalendarDay>) -> Self {
        let mut calendar = Self::default();
        for row in rows {
            calendar.known.insert(row.date.year());
            calendar.special.insert(row.date, row.off);
        }
        calendar
    }

    /// The calendar that comes with the program.
    pub fn built_in() -> Self {
        Self::of(super::reference::rows())
    }

    /// Is there no notice for this year yet?
    pub fn is_provisional(&self, day: NaiveDate) -> bool {
        !self.known.contains(&day.year())
    }

    /// What kind of day.
    pub fn kind(&self, day: NaiveDate) -> Kind {
        let off = match self.special.get(&day) {
            Some(off) => *off,
            None => {
                matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
                    || (self.is_provisional(day) && fixed_holiday(day))
            }
        };
        if off { Kind::Off } else { Kind::Working }
    }

    /// Do people work on this day?
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.kind(day) == Kind::Working
    }

    /// The `count`-th working day after `day`; `day` itself does not count. Zero gives `day`.
    pub fn add_working_days(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut left = count;
        let mut at = day;
        while left > 0 {
            let Some(next) = at.checked_add_days(Days::new(1)) else { return at };
            at = next;
            left -= u32::from(self.is_working(at));
        }
        at
    }

    /// How many working days lie after `from`, up to and with `to`. Zero when `to` is not after `from`.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count()
    }
}

/// 元旦, 劳动节 and 国庆节 have been on these days in every notice; the others move with the moon.
fn fixed_holiday(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (1 | 5, 1) | (10, 1..=3))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::Calendar;
    use crate::calendar::reference::rows;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_notices_have_the_published_number_of_days() {
        let count = |notice: &str, off| rows().filter(|row| row.notice == notice && row.off == off).count();
        assert_eq!([count("2025", true), count("2025", false)], [28, 5]);
        assert_eq!([count("2026", true), count("2026", false)], [33, 6]);
    }

    #[test]
    fn working_weekends_and_long_holidays_count_right() {
        let calendar = Calendar::built_in();
        assert!(calendar.is_working(day(2026, 9, 20)), "a Sunday to work");
        assert!(!calendar.is_working(day(2026, 10, 5)), "a Monday off");
        // Five working days over the National Day of 2026: 29, 30 September, then 8, 9 and Saturday the 10th of October.
        assert_eq!(calendar.add_working_days(day(2026, 9, 28), 5), day(2026, 10, 10));
        assert!(calendar.is_provisional(day(2027, 3, 1)) && !calendar.is_provisional(day(2026, 3, 1)));
        assert!(!calendar.is_working(day(2027, 10, 1)), "a fixed holiday of a year without a notice");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn adding_and_counting_agree(offset in 0_u64..900, count in 0_u32..60) {
            let calendar = Calendar::built_in();
            let from = day(2025, 1, 1) + chrono::Days::new(offset);
            let to = calendar.add_working_days(from, count);
            prop_assert_eq!(calendar.working_days_between(from, to), count as usize);
        }
    }
}
