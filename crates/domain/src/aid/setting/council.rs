//! Above which sum a meeting is asked: what a place says of the category, or else of all of them ([`Limit::CouncilAbove`]); of the layers
//! the smallest sum, so that below, a meeting is asked sooner and never later.

use chrono::NaiveDate;
use ledger::Fen;

use super::{Because, Kind, Setting, in_force};
use crate::{
    aid::{
        Category, ProposalState, Refusal,
        procedure::{Limit, Procedure},
    },
    ids::RegionCode,
};

/// A sum, and why it is that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Above {
    /// Up to here, no meeting is asked.
    pub above: Fen,
    /// The widest layer that says so.
    pub because: Because,
    /// Is it said of this category, or of all?
    pub own: bool,
}

/// What is in force in a place on a day.
pub fn council_above(
    (of_all, of_categories): (&[Procedure], &[Setting]),
    category: Category,
    region: &RegionCode,
    on: NaiveDate,
) -> Option<Above> {
    let own = in_force(of_categories, (Kind::CouncilAbove, category), region, on).into_iter();
    let own = own.filter_map(|row| {
        Some(Above { above: row.says.council_above()?, because: Because::of(row), own: true })
    });
    let holds = |row: &&Procedure| {
        row.state == ProposalState::Agreed
            && row.limit_of == Limit::CouncilAbove
            && row.region.covers(region)
            && row.valid_from <= on
    };
    let general = of_all.iter().filter(holds).map(|row| Above {
        above: Fen::yuan(i64::from(row.value)),
        because: Because { region: row.region.clone(), since: row.valid_from, source: row.source.clone() },
        own: false,
    });
    let mut layers: Vec<Above> = own.chain(general).collect();
    // Of one place, what it says of the category counts; of two that it says of all, the later.
    layers.sort_by_key(|it| (it.because.region.as_str().len(), !it.own, std::cmp::Reverse(it.because.since)));
    layers.dedup_by(|other, kept| other.because.region == kept.because.region);
    layers.into_iter().reduce(|set, below| if below.above < set.above { below } else { set })
}

/// May a new row stand below those that are there? Its own place's rows before it do not count.
pub(in crate::aid) fn fits(
    (of_all, of_categories): (&[Procedure], &[Setting]),
    new: &Setting,
) -> Result<(), Refusal> {
    let Some(value) = new.says.council_above() else { return Ok(()) };
    let general: Vec<Procedure> = of_all.iter().filter(|row| row.region != new.region).cloned().collect();
    let own: Vec<Setting> = of_categories.iter().filter(|row| row.region != new.region).cloned().collect();
    match council_above((&general, &own), new.category, &new.region, new.valid_from) {
        Some(set) if value > set.above => Err(Refusal::SettingContradicts {
            above: set.above,
            region: set.because.region,
            source: set.because.source,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use ledger::Fen;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{
        super::force::samples::{day, region, row},
        council_above, fits,
    };
    use crate::{
        aid::{
            Category, ProposalState, Refusal,
            procedure::{Limit, Procedure},
            setting::{Says, Setting},
        },
        ids::ProcedureId,
    };

    fn general(code: &str, from: i32, value: i32) -> Procedure {
        Procedure {
            id: ProcedureId::from_uuid(Uuid::nil()),
            region: region(code),
            limit_of: Limit::CouncilAbove,
            valid_from: day(from),
            value,
            source: "示例".to_owned(),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: DateTime::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        }
    }

    fn own(code: &str, from: i32, yuan: i64) -> Setting {
        row(code, from, Says::CouncilAbove { above: yuan * 100 })
    }

    #[test]
    fn what_a_place_says_of_the_category_goes_before_what_it_says_of_all_and_the_strictest_layer_binds() {
        let all = [general("33", 2020, 5000), general("33", 2022, 6000), general("3301", 2024, 4000)];
        let categories = [own("33", 2023, 8000), own("330106", 2025, 3000)];
        let said = |category, code, year| {
            let it = council_above((&all, &categories), category, &region(code), day(year))?;
            Some((it.above.0 / 100, it.because.region.as_str().to_owned(), it.own))
        };
        assert_eq!(said(Category::ILLNESS, "330106", 2019), None);
        assert_eq!(said(Category::ILLNESS, "330106", 2021), Some((5000, "33".to_owned(), false)));
        assert_eq!(said(Category::ILLNESS, "330106", 2022), Some((6000, "33".to_owned(), false)));
        assert_eq!(said(Category::ILLNESS, "330106", 2023), Some((8000, "33".to_owned(), true)));
        assert_eq!(said(Category::ILLNESS, "330106", 2024), Some((4000, "3301".to_owned(), false)));
        assert_eq!(said(Category::ILLNESS, "330106", 2025), Some((3000, "330106".to_owned(), true)));
        assert_eq!(said(Category::OTHER, "330106", 2025), Some((4000, "3301".to_owned(), false)));

        assert_eq!(fits((&all, &categories), &own("330106", 2025, 4000)), Ok(()));
        let no = fits((&all, &categories), &own("330106", 2025, 4001));
        assert!(matches!(no, Err(Refusal::SettingContradicts { above: Fen(400_000), .. })), "{no:?}");
        assert_eq!(fits((&all, &categories), &own("33", 2025, 90_000)), Ok(()), "the province sets its own");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever is written where, nobody below is asked later than any layer above asks, for the category or for all.
        #[test]
        fn nobody_below_is_asked_later_than_above(
            values in prop::collection::vec((prop::option::of(1_i32..90), prop::option::of(1_i64..90)), 3),
        ) {
            let places = ["33", "3301", "330106"];
            let all: Vec<_> = places.iter().zip(&values)
                .filter_map(|(code, (all, _))| all.map(|value| general(code, 2020, value))).collect();
            let categories: Vec<_> = places.iter().zip(&values)
                .filter_map(|(code, (_, own_))| own_.map(|value| own(code, 2020, value))).collect();
            for depth in 1..=3 {
                let set = council_above((&all, &categories), Category::ILLNESS, &region(places[depth - 1]), day(2021));
                let naive = values[..depth].iter().filter_map(|(all, own)| own.or(all.map(i64::from))).min();
                prop_assert_eq!(set.map(|it| it.above.0 / 100), naive);
            }
        }
    }
}
