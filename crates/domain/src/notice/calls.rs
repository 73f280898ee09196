//! Every query on calls.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::OnConflict,
};

use super::call::{ActiveModel, Column, Entity, Model as CallTask, Outcome};
use crate::{
    authority::Scope,
    ids::{AccountId, CallTaskId, PersonId},
};

/// One call.
pub async fn find(db: &impl ConnectionTrait, id: CallTaskId) -> Result<Option<CallTask>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The calls that wait for workers of these places, longest waiting first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<CallTask>, DbErr> {
    open(scopes).order_by_asc(Column::OpenedAt).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, scopes: &[Scope]) -> Result<u64, DbErr> {
    open(scopes).count(db).await
}

fn open(scopes: &[Scope]) -> Select<Entity> {
    let nowhere = Condition::any();
    let places = scopes.iter().fold(nowhere, |any, scope| match scope {
        Scope::Region(region) => any.add(Column::RegionCode.starts_with(region.as_str())),
        // Calls are the region's.
        _ => any,
    });
    // An empty "any" is no condition at all.
    let none = Column::RegionCode.eq("");
    Entity::find().filter(places.add(none)).filter(Column::ClosedAt.is_null())
}

/// Writes a call, unless there is one about the same notice.
pub(super) async fn insert(db: &impl ConnectionTrait, row: CallTask) -> Result<(), DbErr> {
    let once = OnConflict::column(Column::NoticeId).do_nothing().to_owned();
    Entity::insert(row.into_active_model().reset_all()).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// Closes it if nobody has. `false`: somebody has.
pub(super) async fn close(
    db: &impl ConnectionTrait,
    read: &CallTask,
    (by, outcome): (&AccountId, Outcome),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = ActiveModel {
        closed_at: Set(Some(now)),
        closed_by: Set(Some(by.clone())),
        outcome: Set(Some(outcome)),
        version: Set(read.version + 1),
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(read.id))
        .filter(Column::ClosedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Nobody is telephoned any more: the person has died, or is nobody's to telephone.
pub(crate) async fn not_needed(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel {
        closed_at: Set(Some(now)),
        outcome: Set(Some(Outcome::NotNeeded)),
        ..Default::default()
    };
    Entity::update_many()
        .set(change)
        .filter(Column::PersonId.eq(person))
        .filter(Column::ClosedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}
