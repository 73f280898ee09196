//! Queries of the ladder: what is to be asked for, what is to climb, and the steps.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{Channel, Notice, Status, entity};
use crate::ids::{AccountId, NoticeId};

/// Notices whose next way is due, earliest first. One about which a question is due waits for the answer, also when servers were away
/// for longer than the way had time.
pub async fn to_climb(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<NoticeId>, DbErr> {
    let no_question =
        Condition::any().add(entity::Column::ProofAt.is_null()).add(entity::Column::ProofAt.gt(now));
    entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::ClimbAt.lte(now))
        .filter(no_question)
        .order_by_asc(entity::Column::ClimbAt)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Accepted notices of which the platform may be asked now whether they were read, earliest first.
pub async fn to_prove(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Notice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::ProofAt.lte(now))
        .filter(entity::Column::Status.eq(Status::Accepted))
        .order_by_asc(entity::Column::ProofAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Takes a notice for asking: nobody else asks before `until`. `false`: somebody has it, or it is settled.
pub async fn take_for_proof(
    db: &impl ConnectionTrait,
    read: &Notice,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change =
        entity::ActiveModel { proof_at: Set(Some(until)), updated_at: Set(now), ..Default::default() };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::ProofAt.eq(read.proof_at))
        .filter(entity::Column::Status.eq(Status::Accepted))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// When the platform is asked next; `None`: not any more.
pub async fn ask_next(
    db: &impl ConnectionTrait,
    id: NoticeId,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { proof_at: Set(at), updated_at: Set(now), ..Default::default() };
    entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::Status.eq(Status::Accepted))
        .exec(db)
        .await?;
    Ok(())
}

/// What went to a login in a sending, by the platform's key of it.
pub async fn sent_as(
    db: &impl ConnectionTrait,
    process_query_key: &str,
    account: &AccountId,
) -> Result<Option<Notice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::ProcessQueryKey.eq(process_query_key))
        .filter(entity::Column::AccountId.eq(account.clone()))
        .one(db)
        .await
}

/// The next way begins: the one door through which a settled row waits again.
pub(super) async fn step(
    db: &impl ConnectionTrait,
    read: &Notice,
    (channel, climb_at): (Channel, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel {
        status: Set(Status::Queued),
        channel: Set(channel),
        climb_at: Set(climb_at),
        proof_at: Set(None),
        due_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(read.id)).exec(db).await?;
    Ok(())
}

/// No further way is tried.
pub(super) async fn stop_climbing(
    db: &impl ConnectionTrait,
    id: NoticeId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { climb_at: Set(None), updated_at: Set(now), ..Default::default() };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// A call has ended: so has its notice.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    (id, status): (NoticeId, Status),
    mut change: entity::ActiveModel,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    change.status = Set(status);
    change.updated_at = Set(now);
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// When the platform is asked, and when the next way is tried.
pub(super) async fn plan_proof(
    db: &impl ConnectionTrait,
    id: NoticeId,
    (ask_at, climb_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel {
        proof_at: Set(ask_at),
        climb_at: Set(climb_at),
        updated_at: Set(now),
        ..Default::default()
    };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}
