//! 转单位: from one managing unit to another, on one day, in one transaction: never none, never two.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection};

use super::{FactError, FactKind, FactRefusal, NewFact, PersonFact, Value, begin, commands};
use crate::{
    Context,
    authority::Worker,
    calendar::local_date,
    ids::{PersonId, UnitId},
    person::{entity, leader, managed, store as people},
};

/// Moves a person. The worker's role reaches both units; where it does not, the bureau above both does it.
pub async fn transfer(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, to, basis): (PersonId, UnitId, &str),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<PersonFact, FactError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = commands::open(&tx, worker, person).await?;
    let unit = people::find_unit(&tx, to).await?.filter(|unit| worker.covers(unit.place()));
    let unit = unit.ok_or(FactError::NotFound)?;
    if unit.closed_on.is_some_and(|closed| closed <= on) {
        return Err(FactRefusal::UnitClosed.into());
    }
    if basis.trim().is_empty() {
        return Err(FactRefusal::NoBasis.into());
    }
    // The record names today's unit, so tomorrow's transfer is written tomorrow.
    if on > local_date(now) {
        return Err(FactRefusal::TooLate.into());
    }
    let new = NewFact {
        kind: FactKind::ManagingUnit,
        value: Value::of_unit(&unit),
        from_on: on,
        basis: basis.to_owned(),
    };
    let fact = begin::put(&tx, person.id, new, Some(worker.account()), now).await?;
    // A leader's record stays where nobody comes by; the fact alone says who manages him.
    if !leader::is_guarded(&person) {
        let change = entity::ActiveModel { unit_id: Set(unit.id), ..Default::default() };
        people::update(&tx, &person, change, now).await?;
        managed::by(&tx, person.id, unit.id).await?;
    }
    commands::audit(&tx, cx, worker, "person.transferred", &fact, now).await?;
    tx.commit().await?;
    Ok(fact)
}
