//! Beginning a record, and keeping in touch.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{
    Happened, NewPerson, Person, Retirement, SealedColumn, birth, double, entity,
    fact::{self, FactKind, FactRefusal, NewFact, Value},
    leader, name, store,
};
use crate::{
    Context,
    authority::{Held, Proof, Worker},
    calendar::local_date,
    context::{Act, By},
    ids::{AccountId, PersonId, RegionCode},
    privacy::{CannotSeal, Phone, Searched},
};

/// Why a record does not begin or change.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// No such person or unit, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(PersonRefusal),
    /// Somebody else changed the record since it was read.
    #[error("stale")]
    Stale,
    /// A field could not be sealed.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of a person's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonRefusal {
    /// There is a record with this identity number, of a living or a dead person. The id is for whoever may see it.
    Exists(PersonId),
    /// Another record with this identity number came at the same moment.
    ExistsNow,
    /// Everybody has a name.
    NoName,
    /// Nobody is born tomorrow.
    BornInFuture,
    /// 离休 needs that the work was joined by 1949-09-30.
    NoVeteran,
    /// The unit manages nobody any more.
    UnitClosed,
    /// The person has died.
    Died,
    /// A death is neither in the future nor before the birth.
    DeathDate,
    /// A death on another day is recorded already.
    DiedOnAnotherDay,
    /// There is no such birthday, or it lies ahead.
    BirthDate,
    /// This is changed by a request that a second person agrees to.
    ByRequest,
    /// Who looks at a provincial leader says for what, in few words.
    NoPurpose,
    /// A rule of dated facts.
    Fact(FactRefusal),
}

/// Begins a record.
pub async fn register(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewPerson,
    now: DateTime<Utc>,
) -> Result<Person, PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let unit = store::find_unit(&tx, new.unit).await?.ok_or(PersonError::NotFound)?;
    if !worker.covers(unit.place()) {
        return Err(PersonError::NotFound);
    }
    let person = register_in(&tx, cx, By::from(worker), Some(worker.account()), new, now).await?;
    tx.commit().await?;
    Ok(person)
}

/// The same inside a caller's transaction, for seeds; lists of people are written by `intake`.
pub async fn register_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    actor: Option<&AccountId>,
    new: NewPerson,
    now: DateTime<Utc>,
) -> Result<Person, PersonError> {
    let unit = store::find_unit(tx, new.unit).await?.ok_or(PersonError::NotFound)?;
    if unit.id == leader::unit_id() {
        return Err(PersonError::NotFound);
    }
    if unit.closed_on.is_some_and(|closed| closed <= local_date(now)) {
        return Err(PersonError::Refused(PersonRefusal::UnitClosed));
    }
    fits(&new, local_date(now)).map_err(PersonError::Refused)?;
    if let Some(number) = &new.identity
        && let Some(known) = store::by_identity(tx, &cx.seal, number).await?
    {
        return Err(PersonError::Refused(PersonRefusal::Exists(known.merged_into.unwrap_or(known.id))));
    }
    let person = new.sealed(&cx.seal, PersonId::new(now), now)?;
    let person = store::insert(tx, person).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => PersonError::Refused(PersonRefusal::ExistsNow),
        _ => PersonError::Db(error),
    })?;
    fact::store::insert(tx, &fact::at_registration(&person, &unit.region, actor, now)).await?;
    birth::store::insert(tx, &birth::commands::at_registration(&person, actor, now)).await?;
    name::write(tx, &[(person.id, person.unit_id, person.name.clone())], now).await?;
    double::commands::note(tx, cx, &person, now).await?;
    store::write_event(tx, person.id, actor, Happened::Registered, now).await?;
    record(tx, cx, by, "person.registered", &person, now).await?;
    Ok(person)
}

/// The pure part.
pub(crate) fn fits(new: &NewPerson, today: NaiveDate) -> Result<(), PersonRefusal> {
    if new.name.trim().is_empty() {
        return Err(PersonRefusal::NoName);
    }
    if new.born_on > today {
        return Err(PersonRefusal::BornInFuture);
    }
    let founded = (1949, 10, 1);
    let late = |on: NaiveDate| (on.year(), on.month(), on.day()) >= founded;
    match (new.retirement, new.joined_work) {
        (Retirement::Veteran, Some((on, _))) if late(on) => Err(PersonRefusal::NoVeteran),
        _ => Ok(()),
    }
}

/// What is told anew of how a person is reached.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The version that was read.
    pub version: i64,
    /// The telephone; `None` takes it away.
    pub phone: Option<Phone>,
    /// 居住地.
    pub residence: Option<RegionCode>,
    /// 独居.
    pub living_alone: bool,
}

/// Changes how a person is reached.
pub async fn change_contact(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonId,
    contact: Contact,
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, id).await?;
    if !person.is_alive() {
        return Err(PersonError::Refused(PersonRefusal::Died));
    }
    let row = id.to_string();
    let phone = contact.phone.as_ref();
    let sealed =
        phone.map(|phone| cx.seal.seal(SealedColumn::Phone.cell(&row), phone.as_str())).transpose()?;
    let change = entity::ActiveModel {
        phone: Set(sealed),
        phone_index: Set(phone.map(|phone| cx.seal.blind(Searched::Phone, phone.as_str()))),
        residence: Set(contact.residence.clone()),
        living_alone: Set(contact.living_alone),
        ..Default::default()
    };
    if person.version != contact.version || !store::update(&tx, &person, change, now).await? {
        return Err(PersonError::Stale);
    }
    if let Some(region) = contact.residence.filter(|region| person.residence.as_ref() != Some(region)) {
        let moved = NewFact {
            kind: FactKind::Residence,
            value: Value::Region(region),
            from_on: local_date(now),
            basis: "联系时得知".to_owned(),
        };
        fact::put(&tx, id, moved, Some(worker.account()), now).await?;
    }
    store::write_event(&tx, id, Some(worker.account()), Happened::ContactChanged, now).await?;
    record(&tx, cx, By::from(worker), "person.contact_changed", &person, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The person, if the role reaches the managing unit.
pub(super) async fn reached<R: Held>(
    tx: &DatabaseTransaction,
    proof: &Proof<R>,
    id: PersonId,
) -> Result<Person, PersonError> {
    let place = store::place_of(tx, id).await?.ok_or(PersonError::NotFound)?;
    if !proof.covers(place) {
        return Err(PersonError::NotFound);
    }
    let person = store::find(tx, id).await?.filter(|person| person.merged_into.is_none());
    person.ok_or(PersonError::NotFound)
}

pub(super) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    action: &'static str,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "unit": person.unit_id });
    cx.record(tx, Act { by, action, subject: format!("person/{}", person.id), detail }, now).await
}
