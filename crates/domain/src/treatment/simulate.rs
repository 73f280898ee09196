//! Whom a floor would raise. Changes nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::TreatmentFloor;
use crate::{
    calendar::local_date,
    ids::PersonId,
    person::{
        fact::{FactKind, Level, PersonFact, store},
        leader,
        period::{Known, Period, Told},
    },
};

/// Somebody who would be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raise {
    /// Whom.
    pub person: PersonId,
    /// From what; `None` when nothing is written.
    pub before: Option<Level>,
    /// Since when the level that is raised holds.
    pub since: Option<NaiveDate>,
    /// To what.
    pub after: Level,
}

/// 离休 of the region and the period, no provincial leaders, alive, with less than the floor today; by id. Where the period is not decided, nobody is raised.
pub async fn simulate(
    db: &impl ConnectionTrait,
    floor: &TreatmentFloor,
    now: DateTime<Utc>,
) -> Result<Vec<Raise>, DbErr> {
    let when = (local_date(now).max(floor.from_on), now);
    let veterans = store::holders_as_of(db, FactKind::Veteran, when).await?;
    let leaders: HashSet<PersonId> =
        leader::store::all(db).await?.into_iter().map(|row| row.person_id).collect();
    let persons: Vec<PersonId> =
        veterans.into_iter().map(|row| row.person_id).filter(|person| !leaders.contains(person)).collect();
    let kinds =
        [FactKind::ManagingUnit, FactKind::JoinedWork, FactKind::Period, FactKind::Died, floor.dimension];
    let mut known: HashMap<PersonId, Vec<PersonFact>> = HashMap::new();
    for row in store::as_of(db, &kinds, &persons, when).await? {
        known.entry(row.person_id).or_default().push(row);
    }
    let mut raises = Vec::new();
    for person in persons {
        let rows = known.remove(&person).unwrap_or_default();
        let of = |kind| rows.iter().find(|row| row.kind == kind);
        let place = of(FactKind::ManagingUnit).and_then(|row| row.region.as_ref());
        if !place.is_some_and(|place| floor.region.covers(place))
            || of(FactKind::Died).is_some()
            || period(&rows) != Some(floor.period)
        {
            continue;
        }
        let now = of(floor.dimension);
        let before = now.and_then(PersonFact::level);
        if before.is_none_or(|before| before < floor.level) {
            raises.push(Raise { person, before, since: now.map(|row| row.from_on), after: floor.level });
        }
    }
    Ok(raises)
}

/// The period that a person's facts say: what was decided, or what the date tells by itself.
pub(crate) fn period(rows: &[PersonFact]) -> Option<Period> {
    let text = |kind| rows.iter().find(|row| row.kind == kind).and_then(|row| row.value.as_deref());
    if let Some(decided) = text(FactKind::Period) {
        return Period::parse(decided);
    }
    let known: Known = text(FactKind::JoinedWork)?.parse().ok()?;
    match known.period() {
        Told::Period(period) => Some(period),
        Told::Outside | Told::Straddles(..) => None,
    }
}
