//! Every query on consents.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{
    Consent, Purpose,
    entity::{Column, Entity},
};
use crate::ids::PersonId;

/// May the person's data be used for this now? The question of whoever wants to; the answer holds for this moment only.
pub async fn holds(
    db: &impl ConnectionTrait,
    person: PersonId,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    Ok(last(db, person, purpose, now).await?.is_some_and(|line| line.given))
}

/// The line that counts now.
pub async fn last(
    db: &impl ConnectionTrait,
    person: PersonId,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<Consent>, DbErr> {
    let lines = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Purpose.eq(purpose));
    lines.filter(Column::At.lte(now)).order_by_desc(Column::At).order_by_desc(Column::Id).one(db).await
}

/// Everything that a person said, latest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    limit: u64,
) -> Result<Vec<Consent>, DbErr> {
    let lines = Entity::find().filter(Column::PersonId.eq(person)).order_by_desc(Column::Id);
    lines.limit(limit).all(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Consent) -> Result<Consent, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}
