//! The one way in which facts are written: nothing that is said now overlaps with another of its kind, and nothing that was said is lost.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{FactKind, LONG_AGO, NewFact, PersonFact, Value, store};
use crate::{
    ids::{AccountId, PersonFactId, PersonId, RegionCode},
    person::{Person, Precision, Retirement, period::Known},
};

/// Why a fact is not written.
#[derive(Debug, thiserror::Error)]
pub enum FactError {
    /// No such person or fact, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(FactRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactRefusal {
    /// The value is none of this kind's.
    Value,
    /// It would begin before something of its kind ended or began.
    Overlaps {
        /// The day from which on it could begin.
        earliest: NaiveDate,
    },
    /// It would end before it began.
    EndsBeforeItBegins,
    /// There is nothing of this kind to end.
    NothingCurrent,
    /// There is always a managing unit: it is transferred, never ended.
    AlwaysOne,
    /// This kind is changed by a request that a second person agrees to.
    ByRequest,
    /// The person has died.
    Died,
    /// Every fact has a basis.
    NoBasis,
    /// The unit manages nobody any more.
    UnitClosed,
    /// Nothing begins in the future by more than a year; what the record itself says for today, not in the future at all.
    TooLate,
    /// 离休 needs that the work was joined by 1949-09-30.
    NoVeteran,
    /// Something about the person is under way where others are looking; it is finished first.
    UnderWay,
}

impl From<FactRefusal> for FactError {
    fn from(refusal: FactRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The row that says so.
pub(crate) fn row(
    person: PersonId,
    new: NewFact,
    to_on: Option<NaiveDate>,
    (by, now): (Option<&AccountId>, DateTime<Utc>),
) -> PersonFact {
    let (value, unit_id, region) = new.value.columns();
    PersonFact {
        id: PersonFactId::new(now),
        person_id: person,
        kind: new.kind,
        value,
        unit_id,
        region,
        from_on: new.from_on,
        to_on,
        basis: new.basis,
        recorded_by: by.cloned(),
        recorded_at: now,
        superseded_by: None,
        superseded_at: None,
    }
}

/// Says something from a day on. What was so until then ends there; what began on that very day is said better.
pub(crate) async fn put(
    tx: &impl ConnectionTrait,
    person: PersonId,
    new: NewFact,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<PersonFact, FactError> {
    if !new.value.fits(new.kind) {
        return Err(FactRefusal::Value.into());
    }
    let said = store::said(tx, person, new.kind).await?;
    has_room(said.iter(), new.from_on)?;
    if let Some(old) = said.into_iter().find(PersonFact::is_current) {
        let until = (old.from_on < new.from_on).then_some(new.from_on);
        replace(tx, old, until, (by, now)).await?;
    }
    let row = row(person, new, None, (by, now));
    store::insert(tx, std::slice::from_ref(&row)).await?;
    Ok(row)
}

/// The pure part: nothing begins before something of its kind that is said ended or began.
pub(crate) fn has_room<'a>(
    said: impl Iterator<Item = &'a PersonFact>,
    from_on: NaiveDate,
) -> Result<(), FactRefusal> {
    let earliest = said.map(|old| old.to_on.unwrap_or(old.from_on)).max();
    earliest
        .filter(|earliest| from_on < *earliest)
        .map_or(Ok(()), |earliest| Err(FactRefusal::Overlaps { earliest }))
}

/// What is so began on another day than was said; what ended before stays as it is.
pub(crate) async fn redate(
    tx: &impl ConnectionTrait,
    person: PersonId,
    new: NewFact,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<PersonFact, FactError> {
    let said = store::said(tx, person, new.kind).await?;
    has_room(said.iter().filter(|old| old.to_on.is_some()), new.from_on)?;
    if let Some(old) = said.into_iter().find(PersonFact::is_current) {
        replace(tx, old, None, (by, now)).await?;
    }
    put(tx, person, new, by, now).await
}

/// Supersedes a row; with a day, by itself with that end.
pub(super) async fn replace(
    tx: &impl ConnectionTrait,
    old: PersonFact,
    to_on: Option<NaiveDate>,
    (by, now): (Option<&AccountId>, DateTime<Utc>),
) -> Result<(), DbErr> {
    store::supersede(tx, old.id, by, now).await?;
    let Some(to_on) = to_on else { return Ok(()) };
    let again = PersonFact {
        id: PersonFactId::new(now),
        to_on: Some(to_on),
        recorded_by: by.cloned(),
        recorded_at: now,
        ..old
    };
    store::insert(tx, &[again]).await
}

/// What was said of a kind was wrong from the beginning: this is said instead. For what has no episodes: when somebody joined the work.
pub(crate) async fn correct(
    tx: &impl ConnectionTrait,
    person: PersonId,
    new: NewFact,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<PersonFact, FactError> {
    if !new.value.fits(new.kind) {
        return Err(FactRefusal::Value.into());
    }
    retract(tx, person, new.kind, by, now).await?;
    let row = row(person, new, None, (by, now));
    store::insert(tx, std::slice::from_ref(&row)).await?;
    Ok(row)
}

/// Nothing is said of a kind any more.
pub(crate) async fn retract(
    tx: &impl ConnectionTrait,
    person: PersonId,
    kind: FactKind,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for old in store::said(tx, person, kind).await? {
        store::supersede(tx, old.id, by, now).await?;
    }
    Ok(())
}

/// Ends what is so. What would end on the day that it began was never so.
pub(super) async fn end(
    tx: &impl ConnectionTrait,
    old: PersonFact,
    on: NaiveDate,
    (by, now): (Option<&AccountId>, DateTime<Utc>),
) -> Result<(), FactError> {
    if on < old.from_on {
        return Err(FactRefusal::EndsBeforeItBegins.into());
    }
    let until = (old.from_on < on).then_some(on);
    Ok(replace(tx, old, until, (by, now)).await?)
}

/// Roles and treatment end on the day after a death; units, places and posts stay as the file has them. The death itself is a fact.
pub(crate) async fn end_at_death(
    tx: &impl ConnectionTrait,
    (person, on): (PersonId, NaiveDate),
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let after = on.checked_add_days(Days::new(1)).unwrap_or(on);
    for old in store::history(tx, person).await? {
        let ends = old.kind.is_role() || old.kind.is_treatment();
        if ends && old.to_on.is_none_or(|end| after < end) {
            let until = (old.from_on < after).then_some(after);
            replace(tx, old, until, (by, now)).await?;
        }
    }
    let new =
        NewFact { kind: FactKind::Died, value: Value::Bare, from_on: on, basis: "死亡登记".to_owned() };
    store::insert(tx, &[row(person, new, None, (by, now))]).await
}

/// There was no death: what it ended is said again as it was said before, and the death is not said any more. What was said in the meantime
/// stays in the history. When the death was written down, if it was.
pub(crate) async fn begin_again(
    tx: &impl ConnectionTrait,
    person: PersonId,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let rows = store::all_of(tx, person).await?;
    let found = rows.iter().find(|row| row.kind == FactKind::Died && row.superseded_at.is_none());
    let Some(died) = found else { return Ok(None) };
    let (at, after) = (died.recorded_at, died.from_on.checked_add_days(Days::new(1)).unwrap_or(died.from_on));
    let ends = |row: &&PersonFact| row.kind.is_role() || row.kind.is_treatment();
    store::supersede(tx, died.id, by, now).await?;
    let cut = |row: &&PersonFact| row.recorded_at == at && row.to_on == Some(after);
    for row in rows.iter().filter(ends).filter(cut).filter(|row| row.superseded_at.is_none()) {
        store::supersede(tx, row.id, by, now).await?;
    }
    let whole = |row: &&PersonFact| row.superseded_at == Some(at) && row.to_on.is_none_or(|end| after < end);
    let again: Vec<PersonFact> = rows
        .iter()
        .filter(ends)
        .filter(whole)
        .map(|row| PersonFact {
            id: PersonFactId::new(now),
            recorded_by: by.cloned(),
            recorded_at: now,
            superseded_by: None,
            superseded_at: None,
            ..row.clone()
        })
        .collect();
    store::insert(tx, &again).await?;
    Ok(Some(at))
}

/// What a record says when it begins.
pub(crate) fn at_registration(
    person: &Person,
    region: &RegionCode,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Vec<PersonFact> {
    let mut all = vec![
        (FactKind::ManagingUnit, Value::Unit(person.unit_id, region.clone()), LONG_AGO),
        (
            match person.retirement {
                Retirement::Veteran => FactKind::Veteran,
                Retirement::Retired => FactKind::Retired,
            },
            Value::Bare,
            LONG_AGO,
        ),
    ];
    if let Some(on) = person.party_joined_on {
        all.push((FactKind::PartyMember, Value::Bare, on));
    }
    if let Some(residence) = &person.residence {
        all.push((FactKind::Residence, Value::Region(residence.clone()), LONG_AGO));
    }
    if let Some(on) = person.joined_work_on {
        let known = Known { on, precision: person.joined_work_precision.unwrap_or(Precision::Year) };
        all.push((FactKind::JoinedWork, Value::Text(known.to_string()), on));
    }
    if let Some(on) = person.died_on {
        all.push((FactKind::Died, Value::Bare, on));
    }
    let basis = || "建档".to_owned();
    let facts =
        all.into_iter().map(|(kind, value, from_on)| NewFact { kind, value, from_on, basis: basis() });
    facts.map(|new| row(person.id, new, None, (by, now))).collect()
}
