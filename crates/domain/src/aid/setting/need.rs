//! 同一件事只帮一次: for how long a help is meant, and whether another one is for the same need meanwhile.
//!
//! The time follows from the standard: once a year is the budget's year; otherwise it begins with the decision and lasts the months for
//! which the help is meant. Two helps of one category exclude each other by its frequency, two of different categories where a row
//! says that they are one need, in whichever of the two it stands; any other two that overlap are looked into by somebody. Pure.

use chrono::{Datelike, Months, NaiveDate};

use super::{Kind, Says, Setting, in_force};
use crate::{
    aid::{Category, standard::Frequency},
    ids::RegionCode,
};

/// A time, from a day to the first day on which it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// The first day that is none of it.
    pub until: NaiveDate,
}

/// One help: for what, where, how often, for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// For what.
    pub category: Category,
    /// The region that helps.
    pub region: RegionCode,
    /// How often it helps.
    pub frequency: Frequency,
    /// For how long it is meant.
    pub period: Period,
}

/// What two helps of one person are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Nothing.
    Apart,
    /// They are meant for one time; somebody says why both.
    Besides,
    /// They are the same help.
    Same,
}

impl Period {
    /// Of a help that is decided on a day, in the budget of a year.
    pub fn of(frequency: Frequency, months: i32, (on, year): (NaiveDate, i32)) -> Self {
        let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(on);
        match frequency {
            Frequency::PerYear => Self { from: first(year), until: first(year.saturating_add(1)) },
            Frequency::PerEpisode | Frequency::Unlimited => {
                let months = Months::new(u32::try_from(months).unwrap_or_default());
                Self { from: on, until: on.checked_add_months(months).unwrap_or(on) }
            }
        }
    }

    /// Of one that is decided today.
    pub fn from_today(frequency: Frequency, months: i32, today: NaiveDate) -> Self {
        Self::of(frequency, months, (today, today.year()))
    }

    /// Is there a day of both?
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// Does a row in force where one of them is, on the day, say that they are one need?
pub fn one_need(rows: &[Setting], one: &Help, other: &Help, on: NaiveDate) -> bool {
    let says = |of: Category, with: Category, region: &RegionCode| {
        in_force(rows, (Kind::SameNeed, of), region, on)
            .iter()
            .any(|row| matches!(&row.says, Says::SameNeed { with: all } if all.contains(&with)))
    };
    [&one.region, &other.region].into_iter().any(|region| {
        says(one.category, other.category, region) || says(other.category, one.category, region)
    })
}

/// What a help is to one that was there before.
pub fn clash(rows: &[Setting], new: &Help, before: &Help, on: NaiveDate) -> Clash {
    if !new.period.overlaps(before.period) {
        return Clash::Apart;
    }
    if new.category == before.category {
        return if new.frequency == Frequency::Unlimited { Clash::Apart } else { Clash::Same };
    }
    if one_need(rows, new, before, on) { Clash::Same } else { Clash::Besides }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::{
        super::force::samples::{day, region, row},
        Clash, Help, Period, Says, clash, one_need,
    };
    use crate::aid::{Category, setting::Setting, standard::Frequency};

    const CATEGORIES: [Category; 4] =
        [Category::ILLNESS, Category::MEDICAL_COST, Category::DISABILITY, Category::LOW_INCOME];

    fn help(category: Category, code: &str, (frequency, months): (Frequency, i32), on: NaiveDate) -> Help {
        let period = Period::from_today(frequency, months, on);
        Help { category, region: region(code), frequency, period }
    }

    fn same(code: &str, of: Category, with: &[Category]) -> Setting {
        Setting { category: of, ..row(code, 2020, Says::SameNeed { with: with.to_vec() }) }
    }

    #[test]
    fn a_pair_counts_from_either_side_and_below_where_it_is_written() {
        let rows = [same("3301", Category::ILLNESS, &[Category::MEDICAL_COST])];
        let year = (Frequency::PerYear, 12);
        let (on, later) = (day(2026), day(2026) + Days::new(300));
        let ill = help(Category::ILLNESS, "330106", year, on);
        let cost = help(Category::MEDICAL_COST, "330106", year, later);
        assert_eq!(
            (clash(&rows, &cost, &ill, later), clash(&rows, &ill, &cost, later)),
            (Clash::Same, Clash::Same)
        );
        let elsewhere = Help { region: region("330205"), ..cost.clone() };
        assert_eq!(clash(&rows, &elsewhere, &ill, later), Clash::Same, "she moved; the need is the same");
        let both = Help { region: region("330205"), ..ill.clone() };
        assert_eq!(clash(&rows, &elsewhere, &both, later), Clash::Besides, "there, nobody wrote it down");
        let poor = help(Category::LOW_INCOME, "330106", year, later);
        assert_eq!(clash(&rows, &poor, &ill, later), Clash::Besides);
        let next = help(Category::MEDICAL_COST, "330106", year, day(2027));
        assert_eq!(clash(&rows, &next, &ill, day(2027)), Clash::Apart);
        assert!(!one_need(&rows, &cost, &ill, day(2019)), "not before its first day");
    }

    #[test]
    fn one_category_excludes_itself_by_its_frequency() {
        let on = day(2026);
        for (frequency, months, later, expected) in [
            (Frequency::PerYear, 12, 364, Clash::Same),
            (Frequency::PerYear, 12, 365, Clash::Apart),
            (Frequency::PerEpisode, 6, 180, Clash::Same),
            (Frequency::PerEpisode, 6, 181, Clash::Apart),
            (Frequency::Unlimited, 12, 1, Clash::Apart),
        ] {
            let later = on + Days::new(later);
            let (before, new) = (
                help(Category::ILLNESS, "33", (frequency, months), on),
                help(Category::ILLNESS, "33", (frequency, months), later),
            );
            assert_eq!(clash(&[], &new, &before, later), expected, "{frequency:?} {later}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// However requests of one person come, of whatever category, frequency and time: if each is let in by the rule, no day has two
        /// helps that are one need, whichever pairs are written down, and every other overlap was looked into.
        #[test]
        fn no_day_has_two_helps_of_one_need(
            walk in prop::collection::vec((0_usize..4, 0_u64..1500, 0_usize..3, 1_i32..30), 1..12),
            pairs in prop::collection::vec((0_usize..4, 0_usize..4), 0..4),
        ) {
            // A place has one row about a category.
            let rows: Vec<Setting> = CATEGORIES.iter().enumerate().map(|(at, of)| {
                let with = pairs.iter().filter(|(of, with)| *of == at && of != with);
                same("33", *of, &with.map(|(_, with)| CATEGORIES[*with]).collect::<Vec<_>>())
            }).collect();
            // A category has one standard all the time.
            let often = |at: usize| [Frequency::PerYear, Frequency::PerEpisode, Frequency::Unlimited][at];
            let mut terms = [None; 4];
            let mut walk = walk;
            walk.sort_by_key(|(_, on, ..)| *on);
            let mut helped: Vec<Help> = Vec::new();
            let mut looked_into = 0;
            for (which, on, frequency, months) in walk {
                let (frequency, months) = *terms[which].get_or_insert((often(frequency), months));
                let on = day(2024) + Days::new(on);
                let new = help(CATEGORIES[which], "330106", (frequency, months), on);
                let clashes: Vec<Clash> = helped.iter().map(|before| clash(&rows, &new, before, on)).collect();
                if !clashes.contains(&Clash::Same) {
                    looked_into += clashes.iter().filter(|clash| **clash == Clash::Besides).count();
                    helped.push(new);
                }
            }
            // The naive walk: day by day.
            let written = |one: Category, other: Category| pairs.iter().any(|(of, with)| {
                let pair = (CATEGORIES[*of], CATEGORIES[*with]);
                of != with && (pair == (one, other) || pair == (other, one))
            });
            let mut others = 0;
            for (at, one) in helped.iter().enumerate() {
                for other in &helped[..at] {
                    let days = one.period.from.max(other.period.from)..one.period.until.min(other.period.until);
                    if days.is_empty() { continue; }
                    let itself = one.category == other.category;
                    prop_assert!(!itself || one.frequency == Frequency::Unlimited);
                    prop_assert!(!written(one.category, other.category));
                    others += usize::from(!itself);
                }
            }
            prop_assert_eq!(others, looked_into);
        }
    }
}
