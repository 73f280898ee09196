//! Every query on what a death leaves to do.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{DeathTask, entity};
use crate::{
    authority::Scope,
    ids::{AccountId, DeathTaskId, PersonId},
    person,
};

/// Everything about the death that holds.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<DeathTask>, DbErr> {
    let mut rows = entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::UndoneAt.is_null())
        .all(db)
        .await?;
    rows.sort_by_key(|row| (row.kind, row.id));
    Ok(rows)
}

/// What is still to be done among the people of these scopes, the most urgent first.
pub async fn open_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<DeathTask>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(entity::Column::DoneAt.is_null())
        .filter(entity::Column::UndoneAt.is_null())
        .order_by_asc(entity::Column::DueOn)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// One.
pub async fn find(db: &impl ConnectionTrait, id: DeathTaskId) -> Result<Option<DeathTask>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, rows: &[DeathTask]) -> Result<(), DbErr> {
    let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
    entity::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// `false`: somebody did it already.
pub(super) async fn done(
    db: &impl ConnectionTrait,
    id: DeathTaskId,
    (by, note): (&AccountId, &str),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel {
        done_at: Set(Some(now)),
        done_by: Set(Some(by.clone())),
        note: Set(Some(note.to_owned())),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::DoneAt.is_null())
        .filter(entity::Column::UndoneAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// There was no death: what it left to do counts no more.
pub(crate) async fn undo(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { undone_at: Set(Some(now)), ..Default::default() };
    let mine = entity::Entity::update_many().set(change).filter(entity::Column::PersonId.eq(person));
    mine.filter(entity::Column::UndoneAt.is_null()).exec(db).await?;
    Ok(())
}
