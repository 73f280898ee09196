//! Keeping the index: with the record, with a former name, and once for records from before there was one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use serde_json::json;

use super::{PersonName, entity, grams, sound};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{PersonId, PersonNameId, UnitId},
    person::{self, Person, PersonError, PersonRefusal, commands::reached},
};

/// Records per transaction when the index is made.
const CHUNK: usize = 500;

fn rows((person, unit): (PersonId, UnitId), name: &str, used: bool, now: DateTime<Utc>) -> Vec<PersonName> {
    let row = |(reading, sound): (i16, sound::Sound)| PersonName {
        id: PersonNameId::new(now),
        person_id: person,
        unit_id: unit,
        name: name.to_owned(),
        used,
        reading,
        sound: sound.spaced,
        joined: sound.joined,
        initials: sound.initials,
    };
    (0..).zip(sound::readings(name)).map(row).collect()
}

async fn insert(db: &impl ConnectionTrait, rows: &[PersonName]) -> Result<(), DbErr> {
    for some in rows.chunks(CHUNK) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Indexes records that have just begun.
pub(crate) async fn write(
    db: &impl ConnectionTrait,
    persons: &[(PersonId, UnitId, String)],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let names: Vec<PersonName> = persons
        .iter()
        .flat_map(|(person, unit, name)| rows((*person, *unit), name.trim(), true, now))
        .collect();
    insert(db, &names).await?;
    let grams_of: Vec<(PersonId, Vec<String>)> =
        persons.iter().map(|(person, _, name)| (*person, vec![name.trim().to_owned()])).collect();
    grams::insert(db, &grams_of).await
}

/// Another unit manages the person.
pub(crate) async fn moved(db: &impl ConnectionTrait, person: PersonId, to: UnitId) -> Result<(), DbErr> {
    entity::Entity::update_many()
        .set(entity::ActiveModel { unit_id: Set(to), ..Default::default() })
        .filter(entity::Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

/// The names of a person, the one in use first.
pub(super) async fn names_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonName>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Reading.eq(0))
        .order_by_desc(entity::Column::Used)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// 曾用名: writes one down, so that the person is found by it.
pub async fn add_former(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, name): (PersonId, &str),
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, person).await?;
    let name = name.trim();
    if name.is_empty() {
        return Err(PersonError::Refused(PersonRefusal::NoName));
    }
    let known = names_of(&tx, person.id).await?;
    if known.iter().any(|old| old.name == name) {
        return Ok(());
    }
    insert(&tx, &rows((person.id, person.unit_id), name, false, now)).await?;
    index_again(&tx, person.id).await?;
    let act = Act {
        by: By::from(worker),
        action: "person.former_name_added",
        subject: format!("person/{}", person.id),
        detail: json!({}),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// 改名: the office writes another name from now on; the old one stays as a former one.
pub async fn rename(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, name): (PersonId, &str),
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, person).await?;
    let name = name.trim();
    if name.is_empty() {
        return Err(PersonError::Refused(PersonRefusal::NoName));
    }
    if person.name == name {
        return Ok(());
    }
    called(&tx, &person, name, now).await?;
    let change = person::entity::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    if !person::store::update(&tx, &person, change, now).await? {
        return Err(PersonError::Stale);
    }
    let act = Act {
        by: By::from(worker),
        action: "person.renamed",
        subject: format!("person/{}", person.id),
        detail: json!({}),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The index of it: the new name is in use, the old one a former one.
pub(crate) async fn called(
    tx: &impl ConnectionTrait,
    person: &Person,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let known = names_of(tx, person.id).await?;
    let of = |which: Expr, used: bool| {
        entity::Entity::update_many()
            .set(entity::ActiveModel { used: Set(used), ..Default::default() })
            .filter(entity::Column::PersonId.eq(person.id))
            .filter(which)
    };
    of(entity::Column::Used.eq(true), false).exec(tx).await?;
    if known.iter().any(|old| old.name == name) {
        of(entity::Column::Name.eq(name), true).exec(tx).await?;
        return Ok(());
    }
    insert(tx, &rows((person.id, person.unit_id), name, true, now)).await?;
    index_again(tx, person.id).await
}

/// The characters of the names that a person has now, in the order in which they were written down.
pub(crate) async fn index_again(db: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    let mut names = names_of(db, person).await?;
    names.sort_by_key(|name| name.id);
    let names: Vec<String> = names.into_iter().map(|name| name.name).collect();
    grams::replace(db, person, &names).await
}

/// Makes the index of characters of all names, of which there is none: after rows came from elsewhere. Says how many people have one.
pub async fn index_characters(db: &impl ConnectionTrait) -> Result<usize, DbErr> {
    let (mut done, mut after) = (0, None);
    loop {
        let mut people = person::entity::Entity::find()
            .select_only()
            .column(person::entity::Column::Id)
            .order_by_asc(person::entity::Column::Id)
            .limit(CHUNK as u64);
        if let Some(after) = after {
            people = people.filter(person::entity::Column::Id.gt(after));
        }
        let people: Vec<PersonId> = people.into_tuple().all(db).await?;
        let Some(last) = people.last().copied() else { return Ok(done) };
        let names = entity::Entity::find()
            .filter(entity::Column::PersonId.is_in(people.iter().copied()))
            .filter(entity::Column::Reading.eq(0))
            .order_by_asc(entity::Column::Id)
            .all(db)
            .await?;
        let mut of_person: HashMap<PersonId, Vec<String>> = HashMap::new();
        for name in names {
            of_person.entry(name.person_id).or_default().push(name.name);
        }
        let mut rows: Vec<(PersonId, Vec<String>)> = of_person.into_iter().collect();
        rows.sort_by_key(|(person, _)| *person);
        grams::insert(db, &rows).await?;
        (done, after) = (done + rows.len(), Some(last));
    }
}

/// Indexes the records that are not yet: after an upgrade. Says how many. Safe to repeat.
pub async fn ensure(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let mut done = 0;
    loop {
        let tx = mailbox::transaction::write(db).await?;
        // Asked of each person: PostgreSQL looks through the whole of a list that does not fit its memory once for each.
        let own = Expr::col((entity::Entity, entity::Column::PersonId))
            .equals((person::entity::Entity, person::entity::Column::Id));
        let indexed = Query::select().expr(Expr::val(1)).from(entity::Entity).and_where(own).to_owned();
        let missing: Vec<(PersonId, UnitId, String)> = person::entity::Entity::find()
            .select_only()
            .column(person::entity::Column::Id)
            .column(person::entity::Column::UnitId)
            .column(person::entity::Column::Name)
            .filter(Expr::exists(indexed).not())
            .order_by_asc(person::entity::Column::Id)
            .limit(CHUNK as u64)
            .into_tuple()
            .all(&tx)
            .await?;
        if missing.is_empty() {
            return Ok(done);
        }
        write(&tx, &missing, now).await?;
        tx.commit().await?;
        done += missing.len();
    }
}
