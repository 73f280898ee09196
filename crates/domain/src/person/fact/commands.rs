//! Roles, places, posts: begun and ended by a worker. Protected kinds go by `person::change`.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::{FactError, FactKind, FactRefusal, NewFact, PersonFact, Value, begin, store};
use crate::{
    Act, By, Context,
    authority::{Scope, Worker},
    calendar::local_date,
    ids::{AccountId, PersonId},
    person::{self, Person, Retirement, entity, leader, store as people},
};

/// Says something of a person from a day on.
pub async fn record(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, new): (PersonId, NewFact),
    now: DateTime<Utc>,
) -> Result<PersonFact, FactError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = open(&tx, worker, person).await?;
    may(new.kind, &new.basis)?;
    if !writes(new.kind, worker) {
        return Err(FactError::NotFound);
    }
    if new.kind == FactKind::ManagingUnit {
        return Err(FactRefusal::AlwaysOne.into());
    }
    has_come(new.kind, new.from_on, now)?;
    let next_year = local_date(now).checked_add_days(Days::new(366));
    if next_year.is_some_and(|limit| new.from_on > limit) {
        return Err(FactRefusal::TooLate.into());
    }
    if let Value::Unit(unit, _) = &new.value {
        people::find_unit(&tx, *unit).await?.ok_or(FactError::NotFound)?;
    }
    let fact = say(&tx, &person, new, Some(worker.account()), now).await?;
    mirror(&tx, &person, &fact, now).await?;
    if fact.kind == FactKind::ProvincialLeader {
        leader::enter(&tx, &person, now).await?;
    }
    audit(&tx, cx, worker, "person.fact_recorded", &fact, now).await?;
    tx.commit().await?;
    Ok(fact)
}

/// The rows of it. Who is one of two ways ceases to be the other.
pub(crate) async fn say(
    tx: &DatabaseTransaction,
    person: &Person,
    new: NewFact,
    by: Option<&AccountId>,
    now: DateTime<Utc>,
) -> Result<PersonFact, FactError> {
    if new.kind == FactKind::Veteran && !may_be_veteran(person) {
        return Err(FactRefusal::NoVeteran.into());
    }
    if let Some(other) = other_way(new.kind)
        && let Some(old) = store::current(tx, person.id, other).await?
    {
        begin::end(tx, old, new.from_on, (by, now)).await?;
    }
    begin::put(tx, person.id, new, by, now).await
}

/// Ends what is so. The episode stays in the history.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, kind): (PersonId, FactKind),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<(), FactError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = open(&tx, worker, person).await?;
    may(kind, "-")?;
    if !writes(kind, worker) {
        return Err(FactError::NotFound);
    }
    if kind == FactKind::ManagingUnit {
        return Err(FactRefusal::AlwaysOne.into());
    }
    has_come(kind, on, now)?;
    let old = store::current(&tx, person.id, kind).await?.ok_or(FactRefusal::NothingCurrent)?;
    begin::end(&tx, old.clone(), on, (Some(worker.account()), now)).await?;
    if kind == FactKind::Residence {
        let change = entity::ActiveModel { residence: sea_orm::Set(None), ..Default::default() };
        people::update(&tx, &person, change, now).await?;
    }
    if kind == FactKind::ProvincialLeader {
        leader::leave(&tx, &person, now).await?;
    }
    audit(&tx, cx, worker, "person.fact_ended", &old, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The living person, if the worker's role reaches the managing unit; locked.
pub(super) async fn open(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: PersonId,
) -> Result<Person, FactError> {
    let place = people::place_of(tx, id).await?.filter(|place| worker.covers(place.clone()));
    place.ok_or(FactError::NotFound)?;
    let person = people::find_locked(tx, id).await?.ok_or(FactError::NotFound)?;
    if person.merged_into.is_some() {
        return Err(FactError::NotFound);
    }
    if person.is_alive() { Ok(person) } else { Err(FactRefusal::Died.into()) }
}

/// 省级老领导 is written by workers of the province itself, and by whoever is on the need-to-know list; for others there is no such kind.
fn writes(kind: FactKind, worker: &Worker) -> bool {
    kind != FactKind::ProvincialLeader
        || match worker.scope() {
            Scope::Region(code) => code.as_str().len() == 2,
            scope => scope.is_person(),
        }
}

/// Nobody is 离休 and 退休 at once: the one begins where the other ends.
const fn other_way(kind: FactKind) -> Option<FactKind> {
    match kind {
        FactKind::Veteran => Some(FactKind::Retired),
        FactKind::Retired => Some(FactKind::Veteran),
        _ => None,
    }
}

/// 离休 needs that the work was joined by 1949-09-30, as far as the file knows.
pub(crate) fn may_be_veteran(person: &Person) -> bool {
    let last = NaiveDate::from_ymd_opt(1949, 9, 30);
    let precision = person.joined_work_precision.unwrap_or(person::Precision::Year);
    person
        .joined_work_on
        .is_some_and(|on| last.is_some_and(|last| person::period::Known { on, precision }.days().0 <= last))
}

fn may(kind: FactKind, basis: &str) -> Result<(), FactRefusal> {
    if kind.is_protected() {
        return Err(FactRefusal::ByRequest);
    }
    if basis.trim().is_empty() { Err(FactRefusal::NoBasis) } else { Ok(()) }
}

/// The record names today's residence and standing, and nobody comes by when a day has come: it is written then.
fn has_come(kind: FactKind, on: NaiveDate, now: DateTime<Utc>) -> Result<(), FactRefusal> {
    if kind.is_of_today() && on > local_date(now) { Err(FactRefusal::TooLate) } else { Ok(()) }
}

/// The columns of the record that say the same for today.
async fn mirror(
    tx: &DatabaseTransaction,
    person: &Person,
    fact: &PersonFact,
    now: DateTime<Utc>,
) -> Result<(), FactError> {
    let change = match fact.kind {
        FactKind::Residence => {
            entity::ActiveModel { residence: sea_orm::Set(fact.region.clone()), ..Default::default() }
        }
        FactKind::PartyMember => {
            entity::ActiveModel { party_joined_on: sea_orm::Set(Some(fact.from_on)), ..Default::default() }
        }
        FactKind::Veteran => {
            entity::ActiveModel { retirement: sea_orm::Set(Retirement::Veteran), ..Default::default() }
        }
        FactKind::Retired => {
            entity::ActiveModel { retirement: sea_orm::Set(Retirement::Retired), ..Default::default() }
        }
        _ => return Ok(()),
    };
    people::update(tx, person, change, now).await?;
    Ok(())
}

pub(super) async fn audit(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    action: &'static str,
    fact: &PersonFact,
    now: DateTime<Utc>,
) -> Result<(), FactError> {
    let by = Some(worker.account());
    let what = person::Happened::Fact { kind: fact.kind, ended: action.ends_with("ended") };
    people::write_event(tx, fact.person_id, by, what, now).await?;
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("person/{}", fact.person_id),
        detail: json!({ "kind": fact.kind.code(), "fact": fact.id }),
    };
    Ok(cx.record(tx, act, now).await?)
}
