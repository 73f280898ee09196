//! What all layers of a standard together give in a place on a day. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Facts, Occasion, Refusal, Standard, Terms};
use crate::{aid::ProposalState, ids::RegionCode};

/// What a group gets, and the row that is the reason: the deepest layer that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce<'a> {
    /// What, after what every layer above allows.
    pub terms: Terms,
    /// Whose words it is.
    pub row: &'a Standard,
}

/// What is in force in a place on a day, for each group. Of one region and group the latest row counts. A layer below may only be stricter
/// with a group that a layer above names, and give nobody else more than the most that anybody gets above; what is beyond counts for
/// nothing, whatever is written there.
pub fn in_force<'a>(
    rows: &'a [Standard],
    occasion: Occasion,
    region: &RegionCode,
    on: NaiveDate,
) -> Vec<InForce<'a>> {
    let holds = |row: &&Standard| {
        row.state == ProposalState::Agreed
            && row.occasion == occasion
            && row.region.covers(region)
            && row.valid_from <= on
    };
    let mut latest: BTreeMap<(usize, String), &Standard> = BTreeMap::new();
    for row in rows.iter().filter(holds) {
        let slot = latest.entry((row.region.as_str().len(), row.who.to_string())).or_insert(row);
        if row.valid_from > slot.valid_from {
            *slot = row;
        }
    }
    let alive = latest.into_iter().filter(|(_, row)| row.valid_to.is_none_or(|end| on < end));
    let mut set: Vec<InForce<'a>> = Vec::new();
    let (mut depth, mut most) = (0, None);
    for ((length, _), row) in alive {
        if length != depth {
            (depth, most) = (length, set.iter().map(|one| one.terms.worth()).max());
        }
        let terms = row.terms();
        if let Some(above) = set.iter_mut().find(|one| one.row.who == row.who) {
            above.terms = narrowed(occasion, &above.terms, terms);
            above.row = row;
        } else if most.is_none_or(|most| terms.worth() <= most) {
            set.push(InForce { terms, row });
        }
    }
    set
}

/// A layer below, after one above.
fn narrowed(occasion: Occasion, above: &Terms, below: Terms) -> Terms {
    let item_value = below.item_value.min(above.item_value);
    Terms {
        cash: below.cash.min(above.cash),
        item: below.item.filter(|_| item_value.is_positive()),
        item_value,
        visitors: below.visitors.max(above.visitors),
        days: if occasion.counts_back() { below.days.max(above.days) } else { below.days.min(above.days) },
        tells: below.tells,
    }
}

/// What somebody gets: of the groups that he is in, the one that gives most; of equals, the narrowest.
pub fn best<'a, 'b>(set: &'b [InForce<'a>], facts: &Facts) -> Option<&'b InForce<'a>> {
    let mine = set.iter().filter(|one| one.row.who.holds(facts));
    mine.max_by_key(|one| (one.terms.worth(), one.row.who.narrowness(), one.row.id))
}

/// May a new row stand below those that are there? Its own region's rows before it do not count.
pub fn fits(rows: &[Standard], new: &Standard) -> Result<(), Refusal> {
    let above: Vec<Standard> = rows.iter().filter(|row| row.region != new.region).cloned().collect();
    let set = in_force(&above, new.occasion, &new.region, new.valid_from);
    let (mine, contradicts) = (new.terms(), |row: &Standard| Refusal::Contradicts {
        region: row.region.clone(),
        source: row.source.clone(),
    });
    if let Some(same) = set.iter().find(|one| one.row.who == new.who) {
        let kept = narrowed(new.occasion, &same.terms, mine.clone());
        return if kept == mine { Ok(()) } else { Err(contradicts(same.row)) };
    }
    match set.iter().max_by_key(|one| one.terms.worth()) {
        Some(most) if mine.worth() > most.terms.worth() => Err(contradicts(most.row)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use ledger::Fen;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Facts, Occasion, Standard, best, fits, in_force};
    use crate::{
        aid::ProposalState,
        ids::{OutreachStandardId, RegionCode},
        outreach::Refusal,
        person::Retirement,
    };

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    fn row(code: &str, who: &str, from: i32, yuan: i64) -> Standard {
        Standard {
            id: OutreachStandardId::from_uuid(Uuid::from_u128(u128::from(yuan.unsigned_abs()))),
            region: RegionCode::parse(code).unwrap(),
            occasion: Occasion::DoubleNinth,
            who: who.parse().unwrap(),
            valid_from: day(from),
            valid_to: None,
            cash: Fen::yuan(yuan),
            item: None,
            item_value: Fen::ZERO,
            visitors: 1,
            days: 3,
            tells: false,
            source: format!("示例〔{from}〕"),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: DateTime::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        }
    }

    fn old(age: u32, alone: bool) -> Facts {
        let retirement = Retirement::Retired;
        Facts { retirement, age, nominal_age: age + 1, level: None, alone, hardship: false }
    }

    fn cash(rows: &[Standard], code: &str, year: i32, facts: &Facts) -> Option<i64> {
        let region = RegionCode::parse(code).unwrap();
        let set = in_force(rows, Occasion::DoubleNinth, &region, day(year));
        best(&set, facts).map(|one| one.terms.cash.fen() / 100)
    }

    #[test]
    fn who_is_in_several_groups_gets_what_gives_most_once() {
        let rows = [
            row("33", "age:80", 2020, 500),
            row("33", "age:90", 2020, 800),
            row("33", "alone", 2020, 600),
            row("3301", "age:90", 2024, 700),
            Standard { valid_to: Some(day(2023)), ..row("3302", "alone", 2022, 100) },
        ];
        assert_eq!(cash(&rows, "330106", 2021, &old(79, false)), None);
        assert_eq!(cash(&rows, "330106", 2021, &old(80, true)), Some(600));
        assert_eq!(cash(&rows, "330106", 2021, &old(91, true)), Some(800));
        assert_eq!(cash(&rows, "330106", 2025, &old(91, true)), Some(700), "the city gives less");
        assert_eq!(cash(&rows, "330205", 2022, &old(60, true)), Some(100));
        assert_eq!(cash(&rows, "330205", 2023, &old(60, true)), Some(600), "the city's row has ended");
        assert_eq!(cash(&rows, "330106", 2019, &old(91, true)), None);
    }

    #[test]
    fn who_is_below_is_told_which_row_above_forbids_it() {
        let rows = [row("33", "age:80", 2020, 500)];
        assert_eq!(fits(&rows, &row("3301", "age:80", 2021, 400)), Ok(()));
        assert_eq!(fits(&rows, &row("3301", "alone", 2021, 500)), Ok(()), "a group of their own");
        let alone_goes = Standard { visitors: 2, ..row("33", "age:80", 2020, 500) };
        for (above, new) in [
            (&rows[0], row("3301", "age:80", 2021, 501)),
            (&rows[0], row("3301", "alone", 2021, 501)),
            (&rows[0], Standard { days: 2, ..row("3301", "age:80", 2021, 500) }),
            (&alone_goes, row("3301", "age:80", 2021, 500)),
        ] {
            let no = fits(std::slice::from_ref(above), &new);
            assert!(matches!(no, Err(Refusal::Contradicts { .. })), "{no:?}");
        }
        assert_eq!(fits(&rows, &row("33", "age:80", 2021, 9000)), Ok(()), "the province sets its own");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever is written below, nobody there gets more than anybody gets above, and of a named group nobody more than above.
        #[test]
        fn nobody_below_is_given_what_is_not_above(
            rows in prop::collection::vec((0..3_usize, 0..4_usize, 2018..2026_i32, 0..900_i64), 1..12),
            age in 60_u32..100, alone in any::<bool>(),
        ) {
            let (places, groups) = (["33", "3301", "330106"], ["everybody", "age:80", "alone", "age:90+alone"]);
            let rows: Vec<Standard> =
                rows.into_iter().map(|(place, who, from, yuan)| row(places[place], groups[who], from, yuan)).collect();
            let facts = old(age, alone);
            let (above, below) = (cash(&rows, "33", 2026, &facts), cash(&rows, "330106", 2026, &facts));
            let set = in_force(&rows, Occasion::DoubleNinth, &RegionCode::parse("33").unwrap(), day(2026));
            if let (Some(most), Some(below)) = (set.iter().map(|one| one.terms.cash.fen() / 100).max(), below) {
                prop_assert!(below <= most);
            }
            // Who gets something above is not forgotten below.
            prop_assert!(above.is_none() || below.is_some());
        }
    }
}
