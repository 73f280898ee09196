//! Every query on persons, units and what happened to a record.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
    sea_query::{Expr, ExprTrait, IntoColumnRef},
};

use super::{Happened, Person, PersonEvent, Unit, entity, event, leader, unit};
use crate::{
    authority::{Place, Scope},
    ids::{AccountId, PersonEventId, PersonId, UnitId},
    privacy::{IdentityNumber, Phone, Sealer, Searched},
};

/// One person, living or dead.
pub async fn find(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// One person, locked against other writers until the transaction ends. Persons are locked before logins.
pub(crate) async fn find_locked(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Many persons, by id, in no particular order.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<Person>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let filter = entity::Column::Id.is_in(some.iter().copied());
        found.extend(entity::Entity::find().filter(filter).all(db).await?);
    }
    Ok(found)
}

/// One unit.
pub async fn find_unit(db: &impl ConnectionTrait, id: UnitId) -> Result<Option<Unit>, DbErr> {
    unit::Entity::find_by_id(id).one(db).await
}

/// Many units.
pub(crate) async fn find_units(db: &impl ConnectionTrait, ids: &HashSet<UnitId>) -> Result<Vec<Unit>, DbErr> {
    let ids: Vec<UnitId> = ids.iter().copied().collect();
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let filter = unit::Column::Id.is_in(some.iter().copied());
        found.extend(unit::Entity::find().filter(filter).all(db).await?);
    }
    Ok(found)
}

/// Which of these are alive and nobody else's record, and who manages them, locked against other writers in the order of their ids.
pub(crate) async fn lock_living(
    db: &impl ConnectionTrait,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, UnitId>, DbErr> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let mut living = HashMap::new();
    for some in ids.chunks(500) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Id.is_in(some.iter().copied()))
            .order_by_asc(entity::Column::Id)
            .lock_exclusive()
            .all(db)
            .await?;
        let rows = rows.into_iter().filter(|row| row.is_alive() && row.merged_into.is_none());
        living.extend(rows.map(|row| (row.id, row.unit_id)));
    }
    Ok(living)
}

/// The place by which the registry and aid judge permission: the managing unit in its region; of a provincial leader, himself alone.
pub async fn place_of(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Place>, DbErr> {
    let found = entity::Entity::find_by_id(id).find_also_related(unit::Entity).one(db).await?;
    Ok(found.and_then(|(_, unit)| unit).map(|unit| leader::place(id, &unit)))
}

/// These people, each with that place.
pub(crate) async fn placed(
    db: &impl ConnectionTrait,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, (Person, Place)>, DbErr> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let filter = entity::Column::Id.is_in(some.iter().copied());
        let rows = entity::Entity::find().filter(filter).find_also_related(unit::Entity).all(db).await?;
        found.extend(rows.into_iter().filter_map(|(person, unit)| {
            let place = leader::place(person.id, &unit?);
            Some((person.id, (person, place)))
        }));
    }
    Ok(found)
}

/// The person with this identity number, living or dead: there is at most one.
pub async fn by_identity(
    db: &impl ConnectionTrait,
    seal: &Sealer,
    number: &IdentityNumber,
) -> Result<Option<Person>, DbErr> {
    let indexes = seal.blinds(Searched::IdentityNumber, number.as_str());
    entity::Entity::find().filter(entity::Column::IdentityIndex.is_in(indexes)).one(db).await
}

/// The living persons with this telephone: couples share one.
pub async fn by_phone(db: &impl ConnectionTrait, seal: &Sealer, phone: &Phone) -> Result<Vec<Person>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PhoneIndex.is_in(seal.blinds(Searched::Phone, phone.as_str())))
        .filter(entity::Column::DiedOn.is_null())
        .filter(entity::Column::MergedInto.is_null())
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// Persons whose name begins with `prefix`, among those that the scopes reach by their managing unit. Branch
/// scopes reach nobody here: a branch's people are its members.
pub async fn search(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    prefix: &str,
    limit: u64,
) -> Result<Vec<Person>, DbErr> {
    let prefix = prefix.trim();
    if prefix.is_empty() || scopes.is_empty() {
        return Ok(Vec::new());
    }
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(within(scopes))
        .filter(entity::Column::MergedInto.is_null())
        .filter(begins_with(entity::Column::Name, prefix))
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Who the scopes reach, by the managing unit, which the caller has joined. Nobody is in a list by his name: provincial leaders are in none.
pub(crate) fn within(scopes: &[Scope]) -> Condition {
    reached(scopes, unit::Column::Region, entity::Column::UnitId)
}

/// Does a column of the query around this name a record of its own that the scopes reach? For what is about two of them.
pub(crate) fn is_within(scopes: &[Scope], column: impl IntoColumnRef) -> Expr {
    let there = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(Expr::col((entity::Entity, entity::Column::Id)).eq(Expr::col(column)))
        .filter(within(scopes))
        .filter(entity::Column::MergedInto.is_null());
    Expr::exists(there.into_query())
}

/// Regions by their codes, units by one list of ids: a node of a tree may reach hundreds.
pub(crate) fn reached(scopes: &[Scope], region: impl ColumnTrait, unit: impl ColumnTrait) -> Condition {
    let none = Condition::any().add(sea_orm::sea_query::Expr::value(false));
    let units: Vec<UnitId> = scopes
        .iter()
        .filter_map(|scope| match scope {
            Scope::Unit(unit) => Some(*unit),
            _ => None,
        })
        .collect();
    let any = if units.is_empty() { none } else { none.add(unit.is_in(units)) };
    scopes.iter().fold(any, |any, scope| match scope {
        Scope::Region(code) => any.add(begins_with(region, code.as_str())),
        _ => any,
    })
}

/// `column >= prefix and column < prefix + the last character there is`: uses an ordinary index on both
/// engines, which `LIKE` does not under every collation, and has no wildcards to escape.
pub(crate) fn begins_with(column: impl ColumnTrait, prefix: &str) -> Condition {
    Condition::all().add(column.gte(prefix)).add(column.lt(format!("{prefix}{}", char::MAX)))
}

/// What happened to a record, oldest first.
pub async fn history(db: &impl ConnectionTrait, id: PersonId) -> Result<Vec<PersonEvent>, DbErr> {
    event::Entity::find()
        .filter(event::Column::PersonId.eq(id))
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .all(db)
        .await
}

pub(crate) async fn write_event(
    db: &impl ConnectionTrait,
    person: PersonId,
    actor: Option<&AccountId>,
    what: Happened,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row =
        PersonEvent { id: PersonEventId::new(now), person_id: person, at: now, actor: actor.cloned(), what };
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// The same happened to many.
pub(crate) async fn write_events(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    actor: Option<&AccountId>,
    what: &Happened,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for some in persons.chunks(500) {
        let rows = some.iter().map(|person| {
            let (id, actor) = (PersonEventId::new(now), actor.cloned());
            let row = PersonEvent { id, person_id: *person, at: now, actor, what: what.clone() };
            row.into_active_model().reset_all()
        });
        event::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

pub(crate) async fn insert(db: &impl ConnectionTrait, person: Person) -> Result<Person, DbErr> {
    person.into_active_model().reset_all().insert(db).await
}

pub(crate) async fn insert_all(db: &impl ConnectionTrait, persons: &[Person]) -> Result<(), DbErr> {
    for some in persons.chunks(500) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

pub(crate) async fn insert_unit(db: &impl ConnectionTrait, unit: Unit) -> Result<Unit, DbErr> {
    unit.into_active_model().reset_all().insert(db).await
}

/// Writes the columns that are `Set`, if the row is still the version that was read. `false`: somebody else
/// was faster.
pub(crate) async fn update(
    db: &impl ConnectionTrait,
    read: &Person,
    mut change: entity::ActiveModel,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    change.version = sea_orm::Set(read.version + 1);
    change.updated_at = sea_orm::Set(now);
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The units that the scopes reach, also those that manage nobody any more.
pub(crate) fn units_within(scopes: &[Scope]) -> Condition {
    reached(scopes, unit::Column::Region, unit::Column::Id)
}

/// The units that are called so and manage people on a day.
pub async fn units_called(
    db: &impl ConnectionTrait,
    name: &str,
    on: chrono::NaiveDate,
) -> Result<Vec<Unit>, DbErr> {
    unit::Entity::find()
        .filter(unit::Column::Name.eq(name.trim()))
        .filter(unit::Column::Id.ne(leader::unit_id()))
        .filter(Condition::any().add(unit::Column::ClosedOn.is_null()).add(unit::Column::ClosedOn.gt(on)))
        .order_by_asc(unit::Column::Id)
        .all(db)
        .await
}

/// The units that manage people on a day, among those that the scopes reach, by name.
pub async fn units_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    on: chrono::NaiveDate,
) -> Result<Vec<Unit>, DbErr> {
    unit::Entity::find()
        .filter(units_within(scopes))
        .filter(Condition::any().add(unit::Column::ClosedOn.is_null()).add(unit::Column::ClosedOn.gt(on)))
        .order_by_asc(unit::Column::Name)
        .order_by_asc(unit::Column::Id)
        .all(db)
        .await
}
