//! Every query on requests to take a death back, and on what is left to do after it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
};

use super::{DeathUndo, LeftColumn, LeftEntity, LeftToDo, entity, left};
use crate::{
    authority::Scope,
    ids::{AccountId, DeathUndoId, DeathUndoLeftId, PersonId},
    person::{self, change::ChangeState},
};

/// One request.
pub async fn find(db: &impl ConnectionTrait, id: DeathUndoId) -> Result<Option<DeathUndo>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(db: &impl ConnectionTrait, id: DeathUndoId) -> Result<Option<DeathUndo>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Every request about a person, latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<DeathUndo>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// What waits for a second person, among the people of these scopes, oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<DeathUndo>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(entity::Column::State.eq(ChangeState::Asked))
        .order_by_asc(entity::Column::AskedAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// After which requests there is still something to do, among the people of these scopes, oldest first.
pub async fn unfinished(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<DeathUndo>, DbErr> {
    let open = LeftEntity::find()
        .select_only()
        .column(LeftColumn::UndoId)
        .filter(LeftColumn::DoneAt.is_null())
        .into_query();
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(entity::Column::Id.in_subquery(open))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// What is to be done after a request, and what was done of it.
pub async fn left_after(db: &impl ConnectionTrait, undo: DeathUndoId) -> Result<Vec<LeftToDo>, DbErr> {
    let mut rows = LeftEntity::find().filter(LeftColumn::UndoId.eq(undo)).all(db).await?;
    rows.sort_by_key(|row| (row.what, row.id));
    Ok(rows)
}

/// One thing to do.
pub async fn find_left(db: &impl ConnectionTrait, id: DeathUndoLeftId) -> Result<Option<LeftToDo>, DbErr> {
    LeftEntity::find_by_id(id).one(db).await
}

pub(super) async fn insert_left(db: &impl ConnectionTrait, rows: &[LeftToDo]) -> Result<(), DbErr> {
    let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
    LeftEntity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// `false`: somebody did it already.
pub(super) async fn done(
    db: &impl ConnectionTrait,
    id: DeathUndoLeftId,
    (by, note): (&AccountId, &str),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = left::ActiveModel {
        done_at: Set(Some(now)),
        done_by: Set(Some(by.clone())),
        note: Set(Some(note.to_owned())),
        ..Default::default()
    };
    let one = LeftEntity::update_many().set(change).filter(LeftColumn::Id.eq(id));
    Ok(one.filter(LeftColumn::DoneAt.is_null()).exec(db).await?.rows_affected == 1)
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: DeathUndo) -> Result<DeathUndo, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, row: DeathUndo) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}
