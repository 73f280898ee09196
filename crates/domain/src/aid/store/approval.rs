//! Queries on rounds of approval.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::{
    aid::{Round, RoundState, approval as entity},
    ids::CaseId,
};

/// One round of a case.
pub async fn find(db: &impl ConnectionTrait, case: CaseId, round: i32) -> Result<Option<Round>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::CaseId.eq(case))
        .filter(entity::Column::Round.eq(round))
        .one(db)
        .await
}

/// The rounds of a case, first to last.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Round>, DbErr> {
    let of = entity::Column::CaseId.eq(case);
    entity::Entity::find().filter(of).order_by_asc(entity::Column::Round).all(db).await
}

/// The round that the platform knows by this id.
pub async fn by_instance(db: &impl ConnectionTrait, instance: &str) -> Result<Option<Round>, DbErr> {
    entity::Entity::find().filter(entity::Column::InstanceId.eq(instance)).one(db).await
}

/// Rounds that the platform should have decided or created by now, longest waiting first: what the poll asks about.
pub async fn to_check(
    db: &impl ConnectionTrait,
    asked_before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Round>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::State.is_in([RoundState::Sending, RoundState::Created]))
        .filter(entity::Column::AskedAt.lt(asked_before))
        .order_by_asc(entity::Column::AskedAt)
        .limit(limit)
        .all(db)
        .await
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, round: Round) -> Result<Round, DbErr> {
    round.into_active_model().reset_all().insert(db).await
}

/// Writes the columns that are `Set`, if the round is still in the state that was read.
pub(in crate::aid) async fn update(
    db: &impl ConnectionTrait,
    read: &Round,
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
