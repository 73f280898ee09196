//! What one row of a standard says.

use ledger::Fen;
use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

use crate::aid::Refusal;

/// The longest a notice hangs, in working days: longer is a slip of the finger.
const LONGEST_NOTICE: i32 = 60;
/// The longest that help is for, in months.
const LONGEST_VALIDITY: i32 = 60;

/// 帮几次. Each is narrower than the one before it.
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
pub enum Frequency {
    /// 不限次数.
    Unlimited,
    /// 一事一次: not again while the help before it holds.
    PerEpisode,
    /// 一年一次: nor twice in a budget's year.
    PerYear,
}

impl Frequency {
    /// All of them, widest first.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unlimited => "unlimited",
            Self::PerEpisode => "per_episode",
            Self::PerYear => "per_year",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|one| one.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unlimited => "不限次数",
            Self::PerEpisode => "一件事帮一次",
            Self::PerYear => "一年帮一次",
        }
    }
}

/// What a row allows. Amounts in fen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// At least.
    pub least: Fen,
    /// At most. The same as [`Self::least`]: a fixed amount.
    pub most: Fen,
    /// How many working days the notice hangs, 1 to 60.
    pub notice_days: i32,
    /// How often it helps a person.
    pub frequency: Frequency,
    /// For how many months the help is meant, 1 to 60.
    pub validity_months: i32,
    /// The amount is so many hundredths of what somebody paid himself, 1 to 100 …
    pub percent: Option<i32>,
    /// … above this. With [`Self::percent`] or not at all.
    pub above: Option<Fen>,
    /// What is worked out is rounded down to a multiple of this: 1 fen, or 1, 10 or 100 yuan.
    pub round_to: Fen,
    /// Up to here a county approves; `None`: whatever the amount.
    pub county_most: Option<Fen>,
    /// Up to here a city approves; `None`: whatever the amount.
    pub city_most: Option<Fen>,
}

impl Terms {
    /// To which multiples an amount may be rounded down.
    pub const ROUNDINGS: [Fen; 4] = [Fen(1), Fen::yuan(1), Fen::yuan(10), Fen::yuan(100)];

    /// A band, with the rest as it is usual: five working days, once a year, for a year.
    pub const fn band(least: Fen, most: Fen) -> Self {
        Self {
            least,
            most,
            notice_days: 5,
            frequency: Frequency::PerYear,
            validity_months: 12,
            percent: None,
            above: None,
            round_to: Fen::yuan(1),
            county_most: None,
            city_most: None,
        }
    }

    /// Can a standard be like this at all?
    pub(in crate::aid) fn check(&self) -> Result<(), Refusal> {
        let band = self.least.is_positive() && self.least <= self.most;
        let days = (1..=LONGEST_NOTICE).contains(&self.notice_days);
        let months = (1..=LONGEST_VALIDITY).contains(&self.validity_months);
        let share = match (self.percent, self.above) {
            (None, None) => true,
            (Some(percent), Some(above)) => (1..=100).contains(&percent) && above >= Fen::ZERO,
            _ => false,
        };
        let rounding = Self::ROUNDINGS.contains(&self.round_to);
        let county = self.county_most.is_none_or(|most| most >= Fen::ZERO);
        let city = match (self.county_most, self.city_most) {
            (Some(county), Some(city)) => city >= county,
            (None, Some(_)) => false,
            (_, None) => true,
        };
        if band && days && months && share && rounding && county && city {
            Ok(())
        } else {
            Err(Refusal::Standard)
        }
    }
}

#[cfg(test)]
mod tests {
    use ledger::Fen;

    use super::{Frequency, Terms};

    #[test]
    fn what_makes_no_sense_is_refused() {
        let good = Terms::band(Fen::yuan(500), Fen::yuan(5000));
        assert!(good.check().is_ok());
        let fixed = Terms { least: good.most, ..good.clone() };
        assert!(fixed.check().is_ok());
        for bad in [
            Terms { least: Fen::ZERO, ..good.clone() },
            Terms { least: Fen::yuan(5001), ..good.clone() },
            Terms { notice_days: 0, ..good.clone() },
            Terms { notice_days: 61, ..good.clone() },
            Terms { validity_months: 0, ..good.clone() },
            Terms { validity_months: 61, ..good.clone() },
            Terms { percent: Some(50), ..good.clone() },
            Terms { above: Some(Fen::yuan(1)), ..good.clone() },
            Terms { percent: Some(0), above: Some(Fen::ZERO), ..good.clone() },
            Terms { percent: Some(101), above: Some(Fen::ZERO), ..good.clone() },
            Terms { percent: Some(50), above: Some(Fen(-1)), ..good.clone() },
            Terms { round_to: Fen(7), ..good.clone() },
            Terms { city_most: Some(Fen::yuan(1)), ..good.clone() },
            Terms { county_most: Some(Fen::yuan(2)), city_most: Some(Fen::yuan(1)), ..good.clone() },
        ] {
            assert!(bad.check().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn each_frequency_is_narrower_than_the_one_before_it() {
        let all: Vec<Frequency> = Frequency::all().collect();
        assert!(all.is_sorted());
        for one in all {
            assert_eq!(Frequency::parse(one.code()), Some(one));
        }
    }
}
