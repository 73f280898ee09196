//! Queries on tasks.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{ApproverTask, TaskState, entity};
use crate::ids::{AccountId, ApprovalTaskId};

/// One task.
pub async fn find(db: &impl ConnectionTrait, id: ApprovalTaskId) -> Result<Option<ApproverTask>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// What waits for a login, the longest first.
pub async fn waiting_for(
    db: &impl ConnectionTrait,
    account: &AccountId,
    limit: u64,
) -> Result<Vec<ApproverTask>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Holder.eq(account.clone()))
        .filter(entity::Column::State.eq(TaskState::Open))
        .order_by_asc(entity::Column::Since)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// The tasks of a round.
pub async fn of_instance(db: &impl ConnectionTrait, instance: &str) -> Result<Vec<ApproverTask>, DbErr> {
    let of = entity::Column::InstanceId.eq(instance);
    entity::Entity::find().filter(of).order_by_asc(entity::Column::Id).all(db).await
}

/// The card of a task hangs.
pub async fn carded(
    db: &impl mailbox::turn::Writer,
    id: ApprovalTaskId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { card_at: Set(Some(now)), ..Default::default() };
    let _turn = db.turn().await;
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(id)).exec(db).await.map(drop)
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: ApproverTask) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await.map(drop)
}

/// Writes the columns that are `Set`, if the row is still in the state that was read.
pub(super) async fn update(
    db: &impl ConnectionTrait,
    read: &ApproverTask,
    change: entity::ActiveModel,
) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::State.eq(read.state))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
