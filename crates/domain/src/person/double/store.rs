//! Every query on pairs.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
    sea_query::{Expr, OnConflict},
};

use super::{DoubleState, PersonDouble, Reasons, Side, entity};
use crate::{
    authority::Scope,
    ids::{AccountId, PersonDoubleId, PersonId, UnitId},
    person::{self, Person, entity as people, leader, name},
    privacy::Blind,
};

/// How many records with a common name and nothing else in common are looked at.
const MOST: u64 = 400;
/// Values of one query.
const CHUNK: usize = 500;

/// The pairs that wait for somebody who reaches both, among the people of these scopes, the likeliest first. What was merged away
/// waits for nobody.
pub async fn open_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<PersonDouble>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::One.def())
        .join(JoinType::InnerJoin, people::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(people::Column::MergedInto.is_null())
        .filter(person::store::is_within(scopes, (entity::Entity, entity::Column::OtherId)))
        .filter(entity::Column::State.eq(DoubleState::Open))
        .filter(entity::Column::OtherId.not_in_subquery(leader::store::persons()))
        .order_by_desc(entity::Column::Score)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// One pair.
pub async fn find(db: &impl ConnectionTrait, id: PersonDoubleId) -> Result<Option<PersonDouble>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// Everybody who is called or sounds like this and was born then or is managed there, some of all the others who do (a number that is
/// nearly the same is found by opening it), and whoever has this telephone. The dead too: numbers and names are theirs.
pub(super) async fn alike(
    db: &impl ConnectionTrait,
    side: &Side,
    phones: &[Blind],
) -> Result<Vec<Person>, DbErr> {
    let sounds = side.sounds().iter().filter(|one| !one.is_empty()).map(String::as_str);
    let called = name::entity::Entity::find()
        .select_only()
        .column(name::entity::Column::PersonId)
        .distinct()
        .join(JoinType::InnerJoin, name::entity::Relation::Person.def())
        .filter(name::entity::Column::Sound.is_in(sounds))
        .filter(people::Column::MergedInto.is_null());
    let near = Condition::any()
        .add(people::Column::BornOn.is_in(side.births()))
        .add(people::Column::UnitId.eq(side.unit()));
    // Of a common name, whoever is likeliest is among these whatever the others are.
    let mut ids: Vec<PersonId> = called.clone().filter(near).into_tuple().all(db).await?;
    let others: Vec<PersonId> = called.limit(MOST).into_tuple().all(db).await?;
    ids.extend(others);
    let mut which = Condition::any().add(people::Column::Id.is_in(ids));
    if !phones.is_empty() {
        which = which.add(people::Column::PhoneIndex.is_in(phones.iter().cloned()));
    }
    people::Entity::find()
        .filter(which)
        .filter(people::Column::MergedInto.is_null())
        // Nobody is told that he looks like a provincial leader.
        .filter(people::Column::UnitId.ne(leader::unit_id()))
        .order_by_asc(people::Column::Id)
        .all(db)
        .await
}

/// Who sounds like each of these: whoever was born or is managed as one of those who sound so, and of a common name some others.
pub(super) async fn sounding(
    db: &impl ConnectionTrait,
    sides: &[Side],
) -> Result<HashMap<String, Vec<PersonId>>, DbErr> {
    let mut near: HashMap<&str, (HashSet<NaiveDate>, HashSet<UnitId>)> = HashMap::new();
    for side in sides {
        for sound in side.sounds().iter().filter(|sound| !sound.is_empty()) {
            let (births, units) = near.entry(sound).or_default();
            births.extend(side.births());
            units.insert(side.unit());
        }
    }
    let sounds: Vec<&str> = near.keys().copied().collect();
    let mut found: HashMap<String, HashSet<PersonId>> = HashMap::new();
    for some in sounds.chunks(CHUNK) {
        let rows: Vec<(String, PersonId, NaiveDate, UnitId)> = name::entity::Entity::find()
            .select_only()
            .column(name::entity::Column::Sound)
            .column(name::entity::Column::PersonId)
            .column(people::Column::BornOn)
            .column(people::Column::UnitId)
            .join(JoinType::InnerJoin, name::entity::Relation::Person.def())
            .filter(name::entity::Column::Sound.is_in(some.iter().copied()))
            .filter(people::Column::MergedInto.is_null())
            .into_tuple()
            .all(db)
            .await?;
        for (sound, person, born_on, unit) in rows {
            let likely = near
                .get(sound.as_str())
                .is_some_and(|(births, units)| births.contains(&born_on) || units.contains(&unit));
            let called = found.entry(sound).or_default();
            if likely || (called.len() as u64) < MOST {
                called.insert(person);
            }
        }
    }
    Ok(found.into_iter().map(|(sound, persons)| (sound, persons.into_iter().collect())).collect())
}

/// These, and whoever has one of these telephones.
pub(super) async fn those(
    db: &impl ConnectionTrait,
    ids: HashSet<PersonId>,
    phones: &HashSet<&Blind>,
) -> Result<Vec<Person>, DbErr> {
    let (ids, phones): (Vec<_>, Vec<_>) = (ids.into_iter().collect(), phones.iter().copied().collect());
    let mut which: Vec<Expr> =
        ids.chunks(CHUNK).map(|some| people::Column::Id.is_in(some.iter().copied())).collect();
    which.extend(
        phones.chunks(CHUNK).map(|some| people::Column::PhoneIndex.is_in(some.iter().copied().cloned())),
    );
    let mut found = Vec::new();
    for which in which {
        let rows = people::Entity::find().filter(which).filter(people::Column::MergedInto.is_null());
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

/// Notes a pair, once.
pub(super) async fn insert(db: &impl ConnectionTrait, pairs: &[PersonDouble]) -> Result<u64, DbErr> {
    let mut new = 0;
    for some in pairs.chunks(300) {
        let known =
            OnConflict::columns([entity::Column::OneId, entity::Column::OtherId]).do_nothing().to_owned();
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        new += entity::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(new)
}

fn found_with(persons: &[PersonId], at: DateTime<Utc>) -> Condition {
    let of_pair = Condition::any()
        .add(entity::Column::OneId.is_in(persons.iter().copied()))
        .add(entity::Column::OtherId.is_in(persons.iter().copied()));
    Condition::all().add(of_pair).add(entity::Column::FoundAt.eq(at))
}

/// The pairs of these people that were found at this moment and that somebody has judged.
pub(crate) async fn judged_then(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    at: DateTime<Utc>,
) -> Result<Vec<(PersonId, PersonId)>, DbErr> {
    let judged = entity::Column::State.ne(DoubleState::Open);
    let found = entity::Entity::find().filter(found_with(persons, at)).filter(judged).all(db).await?;
    Ok(found.into_iter().map(|pair| (pair.one_id, pair.other_id)).collect())
}

/// Those pairs were never found.
pub(crate) async fn forget_then(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    entity::Entity::delete_many().filter(found_with(persons, at)).exec(db).await?;
    Ok(())
}

/// The pairs of somebody that nobody has judged, each with the other record, unless it was merged away.
pub(super) async fn open_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<(PersonDoubleId, Person)>, DbErr> {
    let either =
        Condition::any().add(entity::Column::OneId.eq(person)).add(entity::Column::OtherId.eq(person));
    let open = entity::Column::State.eq(DoubleState::Open);
    let pairs = entity::Entity::find().filter(either).filter(open).all(db).await?;
    let other = |pair: &PersonDouble| if pair.one_id == person { pair.other_id } else { pair.one_id };
    let others: Vec<PersonId> = pairs.iter().map(other).collect();
    let others = person::store::find_all(db, &others).await?;
    let others: HashMap<PersonId, Person> =
        others.into_iter().filter(|one| one.merged_into.is_none()).map(|one| (one.id, one)).collect();
    Ok(pairs.iter().filter_map(|pair| Some((pair.id, others.get(&other(pair))?.clone()))).collect())
}

/// What speaks for a pair now; nothing does any more: it goes.
pub(super) async fn renew(
    db: &impl ConnectionTrait,
    pair: PersonDoubleId,
    says: Option<(i16, Reasons)>,
) -> Result<(), DbErr> {
    let Some((score, reasons)) = says else {
        entity::Entity::delete_by_id(pair).exec(db).await?;
        return Ok(());
    };
    let change = entity::ActiveModel { score: Set(score), reasons: Set(reasons), ..Default::default() };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(pair)).exec(db).await?;
    Ok(())
}

/// Moves a pair on. `false`: it is not where it was thought to be.
pub(in crate::person) async fn settle(
    db: &impl ConnectionTrait,
    (one, other): (PersonId, PersonId),
    (from, to): (DoubleState, DoubleState),
    decided: Option<(&AccountId, DateTime<Utc>)>,
) -> Result<bool, DbErr> {
    let (one, other) = (one.min(other), one.max(other));
    let change = entity::ActiveModel {
        state: Set(to),
        decided_by: Set(decided.map(|(by, _)| by.clone())),
        decided_at: Set(decided.map(|(_, at)| at)),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::OneId.eq(one))
        .filter(entity::Column::OtherId.eq(other))
        .filter(entity::Column::State.eq(from))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
