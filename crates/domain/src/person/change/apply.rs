//! What a field is now, and making it what was agreed.

use chrono::{DateTime, Datelike, Utc};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, SqlErr};
use secrecy::ExposeSecret;

use super::{ChangeError, ChangeRefusal, Field, PersonChange, Wanted, identity};
use crate::{
    Context,
    ids::AccountId,
    person::{
        BirthSource, Calendar, Payout, Person, Precision, SealedColumn,
        birth::{self, Said},
        entity,
        fact::{self, FactKind, NewFact, Value},
        period::Known,
        reveal, store as people,
    },
    privacy::PayoutNumber,
};

/// What it is now.
pub(super) async fn current(
    tx: &DatabaseTransaction,
    cx: &Context,
    person: &Person,
    field: Field,
) -> Result<Option<Wanted>, ChangeError> {
    Ok(match field {
        Field::Birth => Some(Wanted::Date(Known { on: person.born_on, precision: person.born_precision })),
        Field::JoinedWork => person.joined_work_on.map(|on| {
            let precision = person.joined_work_precision.unwrap_or(Precision::Year);
            Wanted::Date(Known { on, precision })
        }),
        Field::Payout => {
            let number = reveal::open(cx, person, SealedColumn::Payout)?;
            let number = number.and_then(|number| PayoutNumber::parse(number.expose_secret()).ok());
            let bank = person.payout_bank.clone().unwrap_or_default();
            number.map(|number| Wanted::Payout(Payout { number, bank }))
        }
        Field::Identity => identity::current(cx, person)?,
        Field::Gender => Some(Wanted::Gender(person.gender)),
        Field::Period => {
            let row = fact::store::current(tx, person.id, FactKind::Period).await?;
            row.and_then(|row| row.value).and_then(|code| Wanted::read(field, &code))
        }
        Field::Treatment(kind) => {
            let row = fact::store::current(tx, person.id, kind).await?;
            row.and_then(|row| row.level()).map(Wanted::Level)
        }
    })
}

/// Makes it so.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    cx: &Context,
    (person, change): (&Person, &PersonChange),
    (field, wanted): (Field, Wanted),
    (by, now): (&AccountId, DateTime<Utc>),
) -> Result<(), ChangeError> {
    let fact = |kind, value, from_on| NewFact { kind, value, from_on, basis: change.evidence.clone() };
    let row = match (field, wanted) {
        (Field::Birth, Wanted::Date(known)) => born(tx, person, known, (by, now)).await?,
        (Field::JoinedWork, Wanted::Date(known)) => {
            let joined = fact(FactKind::JoinedWork, Value::Text(known.to_string()), known.on);
            fact::correct(tx, person.id, joined, Some(by), now).await?;
            // What was decided about another date is decided again.
            fact::retract(tx, person.id, FactKind::Period, Some(by), now).await?;
            entity::ActiveModel {
                joined_work_on: Set(Some(known.on)),
                joined_work_precision: Set(Some(known.precision)),
                ..Default::default()
            }
        }
        (Field::Period, Wanted::Period(period)) => {
            let from_on = person.joined_work_on.unwrap_or(change.effective_on);
            let decided = fact(FactKind::Period, Value::Text(period.code().to_owned()), from_on);
            fact::correct(tx, person.id, decided, Some(by), now).await?;
            entity::ActiveModel::default()
        }
        (Field::Payout, Wanted::Payout(payout)) => {
            let row = person.id.to_string();
            let sealed = cx.seal.seal(SealedColumn::Payout.cell(&row), payout.number.as_str())?;
            entity::ActiveModel {
                payout: Set(Some(sealed)),
                payout_tail: Set(Some(payout.number.tail())),
                payout_bank: Set(Some(payout.bank)),
                ..Default::default()
            }
        }
        (Field::Identity, Wanted::Identity(number)) => identity::becomes(tx, cx, person, &number).await?,
        (Field::Gender, Wanted::Gender(gender)) => {
            entity::ActiveModel { gender: Set(gender), ..Default::default() }
        }
        (Field::Treatment(kind), Wanted::Level(level)) => {
            let new = fact(kind, Value::Level(level), change.effective_on);
            fact::put(tx, person.id, new, Some(by), now).await?;
            entity::ActiveModel::default()
        }
        _ => return Err(ChangeRefusal::Value.into()),
    };
    let done = people::update(tx, person, row, now).await.map_err(|error| match error.sql_err() {
        // The only number here of which there is one.
        Some(SqlErr::UniqueConstraintViolation(_)) => ChangeRefusal::IdentityTakenNow.into(),
        _ => ChangeError::Db(error),
    })?;
    if !done {
        return Err(ChangeRefusal::Stale.into());
    }
    if matches!(field, Field::Identity | Field::Gender) {
        identity::compared(tx, cx, person.id, now).await?;
    }
    Ok(())
}

async fn born(
    tx: &DatabaseTransaction,
    person: &Person,
    known: Known,
    (by, now): (&AccountId, DateTime<Utc>),
) -> Result<entity::ActiveModel, ChangeError> {
    let part = |number: u32| i16::try_from(number).ok();
    let said = Said {
        source: BirthSource::File,
        calendar: Calendar::Solar,
        year: i16::try_from(known.on.year()).or(Err(ChangeRefusal::Value))?,
        month: part(known.on.month()).filter(|_| known.precision != Precision::Year),
        day: part(known.on.day()).filter(|_| known.precision == Precision::Day),
        leap: false,
    };
    birth::commands::put(tx, said.row(person.id, (true, false), (Some(by), now)), now).await?;
    Ok(entity::ActiveModel {
        born_on: Set(known.on),
        born_precision: Set(known.precision),
        born_source: Set(BirthSource::File),
        ..Default::default()
    })
}
