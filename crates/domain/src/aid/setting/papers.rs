//! 材料清单: which papers a category wants, and what of it is missing. Every layer's demands hold together, so that below, more is asked
//! and never less; what two layers ask alike is said once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Because, Kind, Says, Setting, in_force};
use crate::{aid::Category, evidence::Item, ids::RegionCode};

/// Demands of one row.
pub const DEMANDS: usize = 12;

/// One of these papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// Without it, a case does not go to its approver. Otherwise it is welcome, and nothing waits for it.
    pub needed: bool,
    /// Any of these will do; at least one, each once, and none that says nothing ([`Item::Other`]).
    pub any_of: Vec<Item>,
}

/// A demand that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub demand: Demand,
    /// Why: the widest layer that asks for it.
    pub because: Because,
}

impl Demand {
    pub(super) fn is_possible(&self) -> bool {
        let once = |(at, one): (usize, &Item)| !self.any_of.iter().take(at).any(|before| before == one);
        let telling = |item: &Item| item.may_be_demanded();
        !self.any_of.is_empty() && self.any_of.iter().all(telling) && self.any_of.iter().enumerate().all(once)
    }

    /// Is it met by these?
    pub fn is_met(&self, have: &[Item]) -> bool {
        self.any_of.iter().any(|item| have.contains(item))
    }

    /// Whoever meets this one meets the other.
    fn asks_as_much_as(&self, other: &Self) -> bool {
        self.needed >= other.needed && self.any_of.iter().all(|item| other.any_of.contains(item))
    }

    /// In words: 诊断证明、病历, or several with 或.
    pub fn label(&self) -> String {
        let names: Vec<&str> = self.any_of.iter().map(|item| item.label()).collect();
        names.join("，或者")
    }

    /// How much it is wanted, in words.
    pub const fn how(&self) -> &'static str {
        match (self.needed, self.any_of.len()) {
            (true, 0 | 1) => "一定要",
            (true, _) => "几样里要有一样",
            (false, 0 | 1) => "最好有",
            (false, _) => "几样里最好有一样",
        }
    }
}

/// What is wanted in a place on a day, as the layers say it, widest first.
pub fn wanted(rows: &[Setting], category: Category, region: &RegionCode, on: NaiveDate) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for row in in_force(rows, (Kind::Papers, category), region, on) {
        let Says::Papers { demands } = &row.says else { continue };
        for demand in demands {
            if all.iter().any(|wanted| wanted.demand.asks_as_much_as(demand)) {
                continue;
            }
            all.retain(|wanted| !demand.asks_as_much_as(&wanted.demand));
            all.push(Wanted { demand: demand.clone(), because: Because::of(row) });
        }
    }
    all
}

/// What of it these do not meet.
pub fn missing<'a>(wanted: &'a [Wanted], have: &[Item]) -> Vec<&'a Wanted> {
    wanted.iter().filter(|wanted| !wanted.demand.is_met(have)).collect()
}

/// What people who ask are shown of it: each item once, in the order of the demands, and room for what has no name here.
pub fn shown(wanted: &[Wanted]) -> Vec<Item> {
    let asked = wanted.iter().flat_map(|wanted| &wanted.demand.any_of).copied();
    let mut items: Vec<Item> = Vec::new();
    for item in asked.filter(|item| item.is_applicants()).chain([Item::Other]) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::force::samples::{day, region, row},
        Demand, Says, missing, shown, wanted,
    };
    use crate::{aid::Category, evidence::Item};

    const ITEMS: [Item; 5] = [Item::Diagnosis, Item::Bills, Item::Income, Item::Home, Item::Visit];

    fn demand(needed: bool, any_of: &[Item]) -> Demand {
        Demand { needed, any_of: any_of.to_vec() }
    }

    fn says(demands: &[Demand]) -> Says {
        Says::Papers { demands: demands.to_vec() }
    }

    #[test]
    fn each_demand_names_the_widest_layer_that_asks_for_it() {
        let rows = [
            row(
                "33",
                2020,
                says(&[demand(false, &[Item::Diagnosis]), demand(true, &[Item::Bills, Item::Income])]),
            ),
            row("3301", 2022, says(&[demand(true, &[Item::Diagnosis])])),
            row(
                "330106",
                2023,
                says(&[demand(true, &[Item::Bills, Item::Income]), demand(false, &[Item::Visit])]),
            ),
        ];
        let all = wanted(&rows, Category::ILLNESS, &region("330106"), day(2026));
        let said: Vec<_> = all
            .iter()
            .map(|it| (it.demand.how(), it.demand.any_of.len(), it.because.region.as_str()))
            .collect();
        assert_eq!(said, [("几样里要有一样", 2, "33"), ("一定要", 1, "3301"), ("最好有", 1, "330106")]);
        assert_eq!(shown(&all), [Item::Bills, Item::Income, Item::Diagnosis, Item::Other]);
        assert_eq!(missing(&all, &[Item::Income]).len(), 2);
        assert!(missing(&all, &ITEMS).is_empty());
        let before = wanted(&rows, Category::ILLNESS, &region("330106"), day(2021));
        assert_eq!(before.len(), 2);
        assert!(wanted(&rows, Category::OTHER, &region("330106"), day(2026)).is_empty());
    }

    prop_compose! {
        fn demands()(
            all in prop::collection::vec(
                (any::<bool>(), prop::sample::subsequence(ITEMS.to_vec(), 1..=3)), 0..5,
            ),
        ) -> Vec<Demand> {
            all.into_iter().map(|(needed, any_of)| Demand { needed, any_of }).collect()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever is written below, whoever has what is needed there has what is needed above, and so with what is welcome.
        #[test]
        fn below_no_less_is_asked_than_above(
            layers in prop::collection::vec(demands(), 3), have in prop::sample::subsequence(ITEMS.to_vec(), 0..=5),
        ) {
            let places = ["33", "3301", "330106"];
            let rows: Vec<_> =
                places.iter().zip(&layers).map(|(code, demands)| row(code, 2020, says(demands))).collect();
            let all = wanted(&rows, Category::ILLNESS, &region("330106"), day(2021));
            let lacking = missing(&all, &have);
            for demand in layers.iter().flatten().filter(|demand| !demand.is_met(&have)) {
                prop_assert!(lacking.iter().any(|wanted| wanted.demand.needed >= demand.needed));
            }
            // And nothing is asked that no layer asks.
            for it in &all {
                prop_assert!(layers.iter().flatten().any(|demand| *demand == it.demand));
            }
        }
    }
}
