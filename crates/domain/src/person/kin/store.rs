//! Every query on relatives.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Ended, PersonKin, Relationship, entity};
use crate::{
    ids::{PersonId, PersonKinId},
    person::death_undo::{Place, Stopped},
};

/// The relatives of a person, those of the past too.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonKin>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .order_by_asc(entity::Column::Relation)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// Who of these had a relative on record, on a day, as far as was known at a moment.
pub(crate) async fn persons_with(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<HashSet<PersonId>, DbErr> {
    let mut found = HashSet::new();
    for some in persons.chunks(500) {
        let ids: Vec<PersonId> = entity::Entity::find()
            .select_only()
            .column(entity::Column::PersonId)
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(entity::Column::RecordedAt.lte(known))
            .filter(Condition::any().add(entity::Column::ToOn.is_null()).add(entity::Column::ToOn.gt(on)))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(ids);
    }
    Ok(found)
}

/// 遗属 of a person.
pub async fn survivors_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonKin>, DbErr> {
    let mut rows = of_person(db, person).await?;
    rows.retain(|row| row.survivor_since.is_some() && row.to_on.is_none());
    Ok(rows)
}

/// One relative.
pub async fn find(db: &impl ConnectionTrait, id: PersonKinId) -> Result<Option<PersonKin>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: PersonKin) -> Result<PersonKin, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Ends a relation. `false`: it had ended.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: PersonKinId,
    (on, why): (NaiveDate, Ended),
) -> Result<bool, DbErr> {
    let change =
        entity::ActiveModel { to_on: Set(Some(on)), ended_why: Set(Some(why)), ..Default::default() };
    let which = Condition::all().add(entity::Column::Id.eq(id)).add(entity::Column::ToOn.is_null());
    Ok(entity::Entity::update_many().set(change).filter(which).exec(db).await?.rows_affected == 1)
}

/// The person has died: who is left behind is from now on looked after; and where the person was somebody's relative, that ends.
pub(crate) async fn on_death(
    db: &impl ConnectionTrait,
    person: PersonId,
    on: NaiveDate,
) -> Result<Vec<Stopped>, DbErr> {
    let survive = Relationship::ALL.into_iter().filter(|relation| relation.survives());
    let change = entity::ActiveModel { survivor_since: Set(Some(on)), ..Default::default() };
    entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::ToOn.is_null())
        .filter(entity::Column::Relation.is_in(survive))
        .exec(db)
        .await?;
    let live =
        Condition::all().add(entity::Column::RelativeId.eq(person)).add(entity::Column::ToOn.is_null());
    let ended = entity::Entity::find().filter(live.clone()).all(db).await?;
    let change =
        entity::ActiveModel { to_on: Set(Some(on)), ended_why: Set(Some(Ended::Died)), ..Default::default() };
    entity::Entity::update_many().set(change).filter(live).exec(db).await?;
    Ok(ended.iter().map(|row| Stopped::new(Place::Kin, &row.id)).collect())
}

/// The person lives: nobody was left behind.
pub(crate) async fn nobody_left_behind(db: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    let change = entity::ActiveModel { survivor_since: Set(None), ..Default::default() };
    let left = entity::Entity::update_many().set(change).filter(entity::Column::PersonId.eq(person));
    left.filter(entity::Column::SurvivorSince.is_not_null()).exec(db).await?;
    Ok(())
}

/// A relation that ended with the death of somebody who lives goes on.
pub(crate) async fn go_on(
    db: &impl ConnectionTrait,
    (id, relative): (PersonKinId, PersonId),
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { to_on: Set(None), ended_why: Set(None), ..Default::default() };
    entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::RelativeId.eq(relative))
        .filter(entity::Column::EndedWhy.eq(Ended::Died))
        .exec(db)
        .await?;
    Ok(())
}
