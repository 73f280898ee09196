//! How much of it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use domain::{
    calendar::{Calendar, utc},
    seed::Size,
};
use ledger::Fen;

/// Nine o'clock, where the people are.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).unwrap();

#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) size: Size,
    /// From whose first working day on.
    begins: NaiveDate,
    /// Working days on which people ask for help.
    asking: usize,
    /// Working days after which everything that goes on by itself has ended.
    rest: usize,
    pub(super) applications: usize,
    pub(super) kills: usize,
    /// Of a year.
    pub(super) budget: Fen,
}

impl Scale {
    /// From December into January, so that a year ends in it.
    const ORDINARY: Self = Self {
        size: Size::Tiny,
        begins: NaiveDate::from_ymd_opt(2026, 12, 14).unwrap(),
        asking: 8,
        rest: 20,
        applications: 24,
        kills: 8,
        budget: Fen::yuan(80_000),
    };
    /// The province's year: 7,800 ask, some 6,300 are paid.
    const FULL: Self = Self {
        size: Size::Province,
        begins: NaiveDate::from_ymd_opt(2026, 1, 4).unwrap(),
        asking: 225,
        rest: 40,
        applications: 7_800,
        kills: 200,
        budget: Fen::yuan(15_000_000),
    };

    pub(super) fn wanted() -> Self {
        if is_full() { Self::FULL } else { Self::ORDINARY }
    }

    pub(super) fn begins(&self) -> DateTime<Utc> {
        utc(self.begins, MORNING)
    }

    pub(super) fn year(&self) -> i32 {
        self.begins.year()
    }

    /// The working days of the story.
    pub(super) fn days(&self, calendar: &Calendar) -> Vec<NaiveDate> {
        let working = self.begins.iter_days().filter(|day| calendar.is_working(*day));
        working.take(self.asking + self.rest).collect()
    }

    /// On which of them somebody asks, by a number that is drawn.
    pub(super) fn asks_on(&self, drawn: usize) -> usize {
        drawn % self.asking
    }

    /// How often the server is killed on a day: evenly over all of them.
    pub(super) fn deaths_on(&self, number: usize, days: usize) -> usize {
        self.kills * (number + 1) / days - self.kills * number / days
    }

    /// Is it the first working day of the next year?
    pub(super) fn freezes_before(&self, day: NaiveDate, before: Option<NaiveDate>) -> bool {
        day.year() > self.year() && before.is_some_and(|before| before.year() == self.year())
    }
}

pub(super) fn morning(day: NaiveDate) -> DateTime<Utc> {
    utc(day, MORNING)
}

pub(super) fn is_full() -> bool {
    std::env::var_os("YINLING_FULL").is_some()
}
