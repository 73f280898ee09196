//! Does somebody pass? Pure. What the register does not know is not guessed: then the answer is that somebody must find out.

use chrono::NaiveDate;

use super::{Line, Mark, Rule, What, facts::Facts};
use crate::{
    ids::RegionCode,
    person::{
        Retirement,
        age::full_years,
        fact::{FactKind, PersonFact},
        period::{Known, Period, Told},
    },
};

/// What became of a mark, a line, a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is so.
    Passed,
    /// It is not.
    Failed,
    /// The register does not know enough.
    Unknown,
}

impl Verdict {
    const fn when(so: bool) -> Self {
        if so { Self::Passed } else { Self::Failed }
    }

    const fn not(self) -> Self {
        match self {
            Self::Passed => Self::Failed,
            Self::Failed => Self::Passed,
            Self::Unknown => Self::Unknown,
        }
    }

    /// One is enough.
    pub(super) fn any(verdicts: impl IntoIterator<Item = Self>) -> Self {
        verdicts.into_iter().fold(Self::Failed, |all, one| match (all, one) {
            (Self::Passed, _) | (_, Self::Passed) => Self::Passed,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Failed, Self::Failed) => Self::Failed,
        })
    }

    /// All of them are needed.
    pub(super) fn all(verdicts: impl IntoIterator<Item = Self>) -> Self {
        Self::any(verdicts.into_iter().map(Self::not)).not()
    }
}

/// A whole rule.
pub(super) fn rule(rule: &Rule, facts: &Facts, on: NaiveDate) -> Verdict {
    Verdict::all(rule.lines().iter().map(|one| line(one, facts, on)))
}

/// One line.
pub(super) fn line(line: &Line, facts: &Facts, on: NaiveDate) -> Verdict {
    Verdict::any(line.0.iter().map(|one| mark(one, facts, on)))
}

/// One mark.
pub(super) fn mark(mark: &Mark, facts: &Facts, on: NaiveDate) -> Verdict {
    let verdict = what(&mark.what, facts, on);
    if mark.so { verdict } else { verdict.not() }
}

fn what(what: &What, facts: &Facts, on: NaiveDate) -> Verdict {
    let has = |kind| Verdict::when(facts.of(kind).is_some());
    match what {
        What::Kind(Retirement::Veteran) => has(FactKind::Veteran),
        What::Kind(Retirement::Retired) => has(FactKind::Retired),
        What::Period(wanted) => period(facts, *wanted),
        What::Treatment(kind, least) => {
            let level = facts.of(*kind).and_then(PersonFact::level);
            Verdict::when(level.is_some_and(|level| level >= *least))
        }
        What::Age(age) => {
            let (oldest, youngest) = ages(facts, on);
            match u32::from(*age) {
                age if youngest >= age => Verdict::Passed,
                age if oldest < age => Verdict::Failed,
                _ => Verdict::Unknown,
            }
        }
        What::Alone => Verdict::when(facts.person.living_alone),
        What::PartyMember => has(FactKind::PartyMember),
        What::Volunteer => has(FactKind::Volunteer),
        What::Hardship => has(FactKind::Hardship),
        What::ManagedIn(region) => {
            Verdict::when(facts.managed.as_ref().is_some_and(|place| region.covers(place)))
        }
        What::LivesIn(region) => {
            within(region, facts.of(FactKind::Residence).and_then(|fact| fact.region.as_ref()))
        }
        What::Telephone => Verdict::when(facts.telephone),
        What::Account => Verdict::when(facts.account),
        What::Relatives => Verdict::when(facts.relatives),
        What::Visited(days) => {
            Verdict::when(facts.visited.is_some_and(|day| (on - day).num_days() <= i64::from(*days)))
        }
    }
}

/// The age if the birth was on the first of the days that it may have been, and if it was on the last.
pub(super) fn ages(facts: &Facts, on: NaiveDate) -> (u32, u32) {
    let born = Known { on: facts.person.born_on, precision: facts.person.born_precision };
    let (first, last) = born.days();
    (full_years(first, on), full_years(last, on))
}

/// Only of 离休 everybody's period is on record, or must be found out.
fn period(facts: &Facts, wanted: Period) -> Verdict {
    let text = |kind| facts.of(kind).and_then(|fact| fact.value.as_deref());
    if let Some(decided) = text(FactKind::Period) {
        return Verdict::when(Period::parse(decided) == Some(wanted));
    }
    match text(FactKind::JoinedWork).and_then(|text| text.parse::<Known>().ok()) {
        Some(known) => match known.period() {
            Told::Period(period) => Verdict::when(period == wanted),
            Told::Straddles(one, other) if [one, other].contains(&Some(wanted)) => Verdict::Unknown,
            Told::Outside | Told::Straddles(..) => Verdict::Failed,
        },
        None if facts.of(FactKind::Veteran).is_some() => Verdict::Unknown,
        None => Verdict::Failed,
    }
}

/// Somebody of whom only the city is on record may be in the county.
fn within(wanted: &RegionCode, place: Option<&RegionCode>) -> Verdict {
    match place {
        Some(place) if wanted.covers(place) => Verdict::Passed,
        Some(place) if !place.covers(wanted) => Verdict::Failed,
        _ => Verdict::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, Failed, Passed, Unknown};

    #[test]
    fn one_of_a_line_is_enough_and_of_a_rule_all_are_needed() {
        for (verdicts, any, all) in [
            (vec![], Failed, Passed),
            (vec![Passed], Passed, Passed),
            (vec![Failed, Passed], Passed, Failed),
            (vec![Unknown, Passed], Passed, Unknown),
            (vec![Unknown, Failed], Unknown, Failed),
            (vec![Failed, Failed], Failed, Failed),
            (vec![Unknown, Unknown], Unknown, Unknown),
        ] {
            assert_eq!(Verdict::any(verdicts.clone()), any, "{verdicts:?}");
            assert_eq!(Verdict::all(verdicts.clone()), all, "{verdicts:?}");
        }
    }
}
