//! What an order does, worked out before anybody decides. Pure.

use chrono::{Datelike, NaiveDate};
use ledger::{Fen, split};

use super::{OrderKind, Purpose, Refusal};
use crate::ids::RegionCode;

/// Envelopes are a province's, a city's or a county's: the lengths of their codes.
pub const LEVELS: [usize; 3] = [2, 4, 6];

/// An order to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// Whose money it is before, or becomes.
    pub region: RegionCode,
    /// The budget year.
    pub year: i32,
    /// What is to be done.
    pub wanted: Wanted,
    /// The document.
    pub source: String,
}

/// What is to be done, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// 拨款.
    Appropriate(Purpose, Fen),
    /// 收回拨款.
    TakeBack(Purpose, Fen),
    /// 下拨: so much, divided among regions below by weight. One region takes it all.
    Down(Purpose, Fen, Vec<(RegionCode, u64)>),
    /// 上缴.
    Up(Purpose, Fen, RegionCode),
    /// 年终冻结.
    Freeze,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Where to.
    pub region: RegionCode,
    /// By which weight.
    pub weight: Option<u64>,
    /// How much.
    pub amount: Fen,
}

impl Wanted {
    pub(super) const fn kind(&self) -> OrderKind {
        match self {
            Self::Appropriate(..) => OrderKind::Appropriate,
            Self::TakeBack(..) => OrderKind::TakeBack,
            Self::Down(..) => OrderKind::Down,
            Self::Up(..) => OrderKind::Up,
            Self::Freeze => OrderKind::Freeze,
        }
    }

    pub(super) const fn category(&self) -> Option<Purpose> {
        match self {
            Self::Appropriate(category, _)
            | Self::TakeBack(category, _)
            | Self::Down(category, ..)
            | Self::Up(category, ..) => Some(*category),
            Self::Freeze => None,
        }
    }

    const fn amount(&self) -> Option<Fen> {
        match self {
            Self::Appropriate(_, amount)
            | Self::TakeBack(_, amount)
            | Self::Down(_, amount, _)
            | Self::Up(_, amount, _) => Some(*amount),
            Self::Freeze => None,
        }
    }
}

/// The lines of an order, or the rule that it breaks. They sum to its amount, to the last fen.
pub(super) fn shares(new: &NewOrder, today: NaiveDate) -> Result<Vec<Share>, Refusal> {
    if new.source.trim().is_empty() {
        return Err(Refusal::NoSource);
    }
    if (new.year - today.year()).abs() > 1 {
        return Err(Refusal::Year);
    }
    if new.wanted.amount().is_some_and(|amount| !amount.is_positive()) {
        return Err(Refusal::Amount);
    }
    let one = |region: &RegionCode, amount: Fen| vec![Share { region: region.clone(), weight: None, amount }];
    match &new.wanted {
        Wanted::Appropriate(_, amount) | Wanted::TakeBack(_, amount) => Ok(one(&new.region, *amount)),
        Wanted::Up(_, amount, above) if above != &new.region && above.covers(&new.region) => {
            Ok(one(above, *amount))
        }
        Wanted::Up(..) => Err(Refusal::NotAbove),
        Wanted::Down(_, amount, below) => divided(&new.region, *amount, below),
        Wanted::Freeze if is_over(new.year, today) => Ok(Vec::new()),
        Wanted::Freeze => Err(Refusal::NotOver { year: new.year }),
    }
}

/// Is it the last day of the year, or later?
pub(super) fn is_over(year: i32, today: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(year, 12, 31).is_some_and(|last| today >= last)
}

/// By largest remainders; who would get less than a fen gets no line.
fn divided(from: &RegionCode, amount: Fen, below: &[(RegionCode, u64)]) -> Result<Vec<Share>, Refusal> {
    let lies_below = |to: &RegionCode| to != from && from.covers(to) && LEVELS.contains(&to.as_str().len());
    if !below.iter().all(|(to, _)| lies_below(to)) {
        return Err(Refusal::NotBelow);
    }
    if below.iter().enumerate().any(|(at, (to, _))| below.iter().take(at).any(|(other, _)| other == to)) {
        return Err(Refusal::Twice);
    }
    let weights: Vec<u64> = below.iter().map(|(_, weight)| *weight).collect();
    let parts = split(amount, &weights).ok_or(Refusal::NoWeights)?;
    let several = below.len() > 1;
    let shares = below.iter().zip(parts).filter(|(_, part)| part.is_positive());
    let share = |((to, weight), amount): (&(RegionCode, u64), Fen)| Share {
        region: to.clone(),
        weight: several.then_some(*weight),
        amount,
    };
    Ok(shares.map(share).collect())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{NewOrder, Purpose, Wanted, shares};
    use crate::{aid::Category, budget::Refusal, ids::RegionCode};

    const ILLNESS: Purpose = Purpose::Aid(Category::ILLNESS);

    fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).unwrap()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    fn refused(wanted: Wanted, year: i32) -> Refusal {
        let new =
            NewOrder { region: region("3301"), year, wanted, source: "示例〔2026〕1号".to_owned() };
        shares(&new, today()).unwrap_err()
    }

    #[test]
    fn every_rule_is_named() {
        let yuan = Fen::yuan;
        assert_eq!(refused(Wanted::Appropriate(ILLNESS, yuan(0)), 2026), Refusal::Amount);
        assert_eq!(refused(Wanted::Appropriate(ILLNESS, yuan(1)), 2028), Refusal::Year);
        let down = |to: &[(&str, u64)]| {
            let to = to.iter().map(|(code, weight)| (region(code), *weight)).collect();
            refused(Wanted::Down(ILLNESS, yuan(5), to), 2026)
        };
        assert_eq!(down(&[("3301", 1)]), Refusal::NotBelow);
        assert_eq!(down(&[("330201", 1)]), Refusal::NotBelow);
        assert_eq!(down(&[("330106003", 1)]), Refusal::NotBelow, "townships have no envelopes");
        assert_eq!(down(&[("330106", 1), ("330106", 2)]), Refusal::Twice);
        assert_eq!(down(&[("330106", 0)]), Refusal::NoWeights);
        assert_eq!(down(&[]), Refusal::NoWeights);
        for to in ["3301", "330106", "3302"] {
            assert_eq!(refused(Wanted::Up(ILLNESS, yuan(5), region(to)), 2026), Refusal::NotAbove);
        }
        assert_eq!(refused(Wanted::Freeze, 2026), Refusal::NotOver { year: 2026 });
        let unsaid =
            NewOrder { region: region("33"), year: 2026, wanted: Wanted::Freeze, source: " ".to_owned() };
        assert_eq!(shares(&unsaid, today()), Err(Refusal::NoSource));
    }

    #[test]
    fn a_year_is_frozen_on_its_last_day_at_the_earliest() {
        let freeze =
            |year| NewOrder {
                region: region("33"), year, wanted: Wanted::Freeze, source: "示例".to_owned()
            };
        let on = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        assert!(shares(&freeze(2026), on(12, 30)).is_err());
        assert!(shares(&freeze(2026), on(12, 31)).is_ok_and(|lines| lines.is_empty()));
        assert!(shares(&freeze(2025), on(1, 4)).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Nothing is lost between a region and those below, and equals get the same but for a fen.
        #[test]
        fn what_is_divided_sums_exactly(fen in 1_i64..1_500_000_000, weights in prop::collection::vec(0_u64..2000, 1..13)) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let below = weights.iter().enumerate().map(|(at, weight)| (region(&format!("3301{:02}", at + 1)), *weight));
            let wanted = Wanted::Down(ILLNESS, Fen(fen), below.collect());
            let new = NewOrder { region: region("3301"), year: 2026, wanted, source: "示例".to_owned() };
            let lines = shares(&new, today()).unwrap();
            prop_assert_eq!(lines.iter().map(|line| line.amount).sum::<Fen>(), Fen(fen));
            for one in &lines {
                prop_assert!(one.amount.is_positive());
                for other in lines.iter().filter(|other| other.weight == one.weight) {
                    prop_assert!((one.amount.fen() - other.amount.fen()).abs() <= 1);
                }
            }
        }
    }
}
