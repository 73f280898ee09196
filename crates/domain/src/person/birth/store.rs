//! Every query on births.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};

use super::{PersonBirth, entity};
use crate::{ids::PersonId, person::BirthSource};

/// What is said now, by source.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonBirth>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::SupersededAt.is_null())
        .order_by_asc(entity::Column::Source)
        .all(db)
        .await
}

/// What is said now of many.
pub(crate) async fn of_persons(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<Vec<PersonBirth>, DbErr> {
    let mut found = Vec::new();
    for some in persons.chunks(500) {
        let rows = entity::Entity::find()
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(entity::Column::SupersededAt.is_null());
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

pub(crate) async fn insert(db: &impl ConnectionTrait, rows: &[PersonBirth]) -> Result<(), DbErr> {
    for some in rows.chunks(500) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What this source said, and whatever counted for the same, is said no more.
pub(super) async fn make_way(
    db: &impl ConnectionTrait,
    (person, source): (PersonId, BirthSource),
    (personnel, greeting): (bool, bool),
    now: DateTime<Utc>,
) -> Result<Vec<PersonBirth>, DbErr> {
    let mut which = Condition::any().add(entity::Column::Source.eq(source));
    if personnel {
        which = which.add(entity::Column::Personnel.eq(true));
    }
    if greeting {
        which = which.add(entity::Column::Greeting.eq(true));
    }
    let which = Condition::all()
        .add(entity::Column::PersonId.eq(person))
        .add(entity::Column::SupersededAt.is_null())
        .add(which);
    let rows = entity::Entity::find().filter(which.clone()).all(db).await?;
    entity::Entity::update_many()
        .set(entity::ActiveModel { superseded_at: Set(Some(now)), ..Default::default() })
        .filter(which)
        .exec(db)
        .await?;
    Ok(rows)
}
