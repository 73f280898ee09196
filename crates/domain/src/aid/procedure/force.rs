//! Which value is in force in a place on a day, among rows of several layers. Pure.

use chrono::NaiveDate;

use super::{Limit, Procedure};
use crate::{
    aid::{ProposalState, Refusal},
    ids::RegionCode,
};

/// A value and the row that sets it: the widest layer that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce<'a> {
    /// How much.
    pub value: u32,
    /// Whose value it is.
    pub row: &'a Procedure,
}

/// What is in force in a place on a day. Of each region the latest row counts; a layer below may only be stricter with the office and
/// only more generous with the applicant, whatever is written there.
pub fn in_force<'a>(
    rows: &'a [Procedure],
    limit: Limit,
    region: &RegionCode,
    on: NaiveDate,
) -> Option<InForce<'a>> {
    let holds = |row: &&Procedure| {
        row.state == ProposalState::Agreed
            && row.limit_of == limit
            && row.region.covers(region)
            && row.valid_from <= on
    };
    let mut layers: Vec<&Procedure> = rows.iter().filter(holds).collect();
    layers.sort_by_key(|row| (row.region.as_str().len(), std::cmp::Reverse(row.valid_from)));
    layers.dedup_by(|later, kept| later.region == kept.region);
    let narrower = |one: &&Procedure, other: &Procedure| {
        if limit.more_is_stricter() { other.value > one.value } else { other.value < one.value }
    };
    let widest_first = layers.into_iter();
    let row = widest_first.reduce(|set, below| if narrower(&set, below) { below } else { set })?;
    Some(InForce { value: u32::try_from(row.value).unwrap_or_default(), row })
}

/// May a new row stand below those that are there? Its own region's rows before it do not count.
pub fn fits(rows: &[Procedure], new: &Procedure) -> Result<(), Refusal> {
    let above: Vec<Procedure> = rows.iter().filter(|row| row.region != new.region).cloned().collect();
    let Some(set) = in_force(&above, new.limit_of, &new.region, new.valid_from) else { return Ok(()) };
    let wider =
        if new.limit_of.more_is_stricter() { new.value < set.row.value } else { new.value > set.row.value };
    if !wider {
        return Ok(());
    }
    Err(Refusal::ProcedureContradicts {
        limit: new.limit_of,
        value: set.row.value,
        region: set.row.region.clone(),
        source: set.row.source.clone(),
    })
}

/// What holds for one place.
#[derive(Clone, Debug)]
pub struct Limits {
    rows: Vec<Procedure>,
    region: RegionCode,
}

impl Limits {
    /// Of these rows, for this place.
    pub fn new(rows: Vec<Procedure>, region: RegionCode) -> Self {
        Self { rows, region }
    }

    /// How much, if a row says so on that day.
    pub fn value(&self, limit: Limit, on: NaiveDate) -> Option<u32> {
        in_force(&self.rows, limit, &self.region, on).map(|set| set.value)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Limit, Procedure, fits, in_force};
    use crate::{
        aid::{ProposalState, Refusal},
        ids::{ProcedureId, RegionCode},
    };

    fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).unwrap()
    }

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    fn row(code: &str, limit_of: Limit, from: i32, value: i32) -> Procedure {
        Procedure {
            id: ProcedureId::from_uuid(Uuid::nil()),
            region: region(code),
            limit_of,
            valid_from: day(from),
            value,
            source: format!("示例〔{from}〕"),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: DateTime::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        }
    }

    #[test]
    fn of_each_place_the_latest_row_counts_from_its_first_day() {
        let rows = [
            row("33", Limit::Accept, 2020, 10),
            row("33", Limit::Accept, 2024, 8),
            row("3301", Limit::Accept, 2025, 5),
            row("3302", Limit::Accept, 2020, 1),
            Procedure { state: ProposalState::Proposed, ..row("33", Limit::Accept, 2024, 2) },
        ];
        let days = |code, year| in_force(&rows, Limit::Accept, &region(code), day(year)).map(|set| set.value);
        assert_eq!(days("330106", 2019), None);
        assert_eq!([2020, 2024, 2025].map(|year| days("330106", year)), [Some(10), Some(8), Some(5)]);
        assert_eq!(days("330205", 2025), Some(1));
        assert_eq!(in_force(&rows, Limit::Visit, &region("33"), day(2025)), None);
    }

    #[test]
    fn who_is_below_is_told_which_row_above_forbids_it() {
        let rows = [row("33", Limit::Accept, 2020, 5), row("33", Limit::Appeal, 2020, 15)];
        assert_eq!(fits(&rows, &row("3301", Limit::Accept, 2021, 3)), Ok(()));
        assert_eq!(fits(&rows, &row("3301", Limit::Appeal, 2021, 20)), Ok(()));
        for (limit, days) in [(Limit::Accept, 6), (Limit::Appeal, 14)] {
            let no = fits(&rows, &row("3301", limit, 2021, days));
            assert!(matches!(no, Err(Refusal::ProcedureContradicts { .. })), "{no:?}");
        }
        assert_eq!(fits(&rows, &row("33", Limit::Accept, 2021, 30)), Ok(()), "the province sets its own");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever is written below, nobody there gives the office more time, or the applicant less, than any layer above does.
        #[test]
        fn nobody_below_is_wider_than_any_layer_above(
            values in prop::collection::vec(1_i32..30, 3), theirs in any::<bool>(),
        ) {
            let limit = if theirs { Limit::Supply } else { Limit::Review };
            let places = ["33", "3301", "330106"];
            let rows: Vec<Procedure> =
                places.iter().zip(&values).map(|(code, days)| row(code, limit, 2020, *days)).collect();
            for depth in 1..=3 {
                let set = in_force(&rows, limit, &region(places[depth - 1]), day(2021)).unwrap().row.value;
                let bound = values[..depth].iter();
                let bound = if theirs { bound.max() } else { bound.min() };
                prop_assert_eq!(Some(&set), bound);
            }
        }
    }
}
