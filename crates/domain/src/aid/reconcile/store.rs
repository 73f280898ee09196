//! Every query on checks and what they found.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{
    Check, Finding, Outcome,
    day::Day,
    entity::{beat, check, day, finding, sweep},
};
use crate::{
    aid::{Round, RoundState, approval},
    ids::{ApprovalCheckId, ApprovalFindingId},
};

/// The only row.
const ID: i32 = 1;

/// Says that a server is alive; when one was before.
pub async fn beat(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, DbErr> {
    let before = beat::Entity::find_by_id(ID).one(db).await?.map(|row| row.seen_at);
    let later = OnConflict::column(beat::Column::Id).update_column(beat::Column::SeenAt).to_owned();
    let row = beat::Model { id: ID, seen_at: now };
    let insert = beat::Entity::insert(row.into_active_model().reset_all()).on_conflict(later);
    insert.exec_without_returning(db).await?;
    Ok(before)
}

/// May whoever asks look now which instances still run? Once in so long, whoever asks.
pub async fn sweep(
    db: &impl mailbox::turn::Writer,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let later = OnConflict::column(sweep::Column::Id)
        .update_column(sweep::Column::SweptAt)
        .action_and_where(Expr::col((sweep::Entity, sweep::Column::SweptAt)).lte(before))
        .to_owned();
    let row = sweep::Model { id: ID, swept_at: now };
    let insert = sweep::Entity::insert(row.into_active_model().reset_all()).on_conflict(later);
    let _turn = db.turn().await;
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// Rounds that wait in the platform, made before a moment.
pub async fn waiting(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<Round>, DbErr> {
    approval::Entity::find()
        .filter(approval::Column::State.eq(RoundState::Created))
        .filter(approval::Column::AskedAt.lt(before))
        .order_by_asc(approval::Column::AskedAt)
        .all(db)
        .await
}

/// The days that are closed, newest first.
pub async fn days(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Day>, DbErr> {
    day::Entity::find().order_by_desc(day::Column::OnDay).limit(limit).all(db).await
}

/// One of them.
pub async fn day(db: &impl ConnectionTrait, on: NaiveDate) -> Result<Option<Day>, DbErr> {
    day::Entity::find_by_id(on).one(db).await
}

pub(super) async fn last_day(db: &impl ConnectionTrait) -> Result<Option<Day>, DbErr> {
    day::Entity::find().order_by_desc(day::Column::OnDay).one(db).await
}

/// Writes a day down. `false`: it has been.
pub(super) async fn write_day(db: &impl ConnectionTrait, row: Day) -> Result<bool, DbErr> {
    let once = OnConflict::column(day::Column::OnDay).do_nothing().to_owned();
    let insert = day::Entity::insert(row.into_active_model().reset_all()).on_conflict(once);
    Ok(insert.exec_without_returning(db).await? == 1)
}

pub(super) async fn first_check(db: &impl ConnectionTrait) -> Result<Option<Check>, DbErr> {
    check::Entity::find().order_by_asc(check::Column::StartedAt).one(db).await
}

/// The checks that were done in a time, first to last.
pub(super) async fn checks_within(
    db: &impl ConnectionTrait,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Check>, DbErr> {
    check::Entity::find()
        .filter(check::Column::DoneAt.gte(from))
        .filter(check::Column::DoneAt.lt(until))
        .order_by_asc(check::Column::DoneAt)
        .all(db)
        .await
}

/// What was found in a time, was closed in it, or was open at its end.
pub async fn about(
    db: &impl ConnectionTrait,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Finding>, DbErr> {
    let open =
        Condition::any().add(finding::Column::ClosedAt.is_null()).add(finding::Column::ClosedAt.gte(from));
    finding::Entity::find()
        .filter(finding::Column::FoundAt.lt(until))
        .filter(open)
        .order_by_asc(finding::Column::FoundAt)
        .order_by_asc(finding::Column::Id)
        .all(db)
        .await
}

/// The newest checks first.
pub async fn checks(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Check>, DbErr> {
    check::Entity::find().order_by_desc(check::Column::Id).limit(limit).all(db).await
}

/// A check that somebody began and nobody ended.
pub async fn undone(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Option<Check>, DbErr> {
    check::Entity::find()
        .filter(check::Column::DoneAt.is_null())
        .filter(check::Column::StartedAt.lt(before))
        .order_by_asc(check::Column::Id)
        .one(db)
        .await
}

/// What is open and nobody has explained; what comes late is caught up by itself and needs nobody.
pub async fn unexplained(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Finding>, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::ClosedAt.is_null())
        .order_by_asc(finding::Column::FoundAt)
        .order_by_asc(finding::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// How many are open, by what is the matter.
pub async fn open(db: &impl ConnectionTrait, outcome: Outcome) -> Result<u64, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::ClosedAt.is_null())
        .filter(finding::Column::Outcome.eq(outcome))
        .count(db)
        .await
}

/// One finding.
pub async fn find(db: &impl ConnectionTrait, id: ApprovalFindingId) -> Result<Option<Finding>, DbErr> {
    finding::Entity::find_by_id(id).one(db).await
}

/// When the longest open round was asked for.
pub async fn oldest_open(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, DbErr> {
    let oldest = approval::Entity::find()
        .filter(approval::Column::State.is_in([RoundState::Sending, RoundState::Created]))
        .order_by_asc(approval::Column::AskedAt)
        .one(db)
        .await?;
    Ok(oldest.map(|round| round.asked_at))
}

/// The rounds that the platform knows by these ids.
pub(super) async fn rounds(db: &impl ConnectionTrait, instances: &[String]) -> Result<Vec<Round>, DbErr> {
    let mut found = Vec::new();
    for some in instances.chunks(500) {
        let ids = approval::Column::InstanceId.is_in(some.iter().map(String::as_str));
        found.extend(approval::Entity::find().filter(ids).all(db).await?);
    }
    Ok(found)
}

/// Rounds that the platform should list: asked for in the window, and created.
pub(super) async fn open_within(
    db: &impl ConnectionTrait,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Round>, DbErr> {
    approval::Entity::find()
        .filter(approval::Column::State.eq(RoundState::Created))
        .filter(approval::Column::AskedAt.gte(from))
        .filter(approval::Column::AskedAt.lt(until))
        .all(db)
        .await
}

/// Begins a check. `false`: it has been made, or somebody is at it.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    row: Check,
    stale: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let once = OnConflict::column(check::Column::Slot).do_nothing().to_owned();
    let insert = check::Entity::insert(row.clone().into_active_model().reset_all()).on_conflict(once);
    if insert.exec_without_returning(db).await? == 1 {
        return Ok(true);
    }
    // A server that died over it, or a platform that was away.
    let again = check::ActiveModel {
        id: Set(row.id),
        started_at: Set(row.started_at),
        until_at: Set(row.until_at),
        ..Default::default()
    };
    let done = check::Entity::update_many()
        .set(again)
        .filter(check::Column::Slot.eq(row.slot))
        .filter(check::Column::DoneAt.is_null())
        .filter(check::Column::StartedAt.lt(stale))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: ApprovalCheckId,
    change: check::ActiveModel,
) -> Result<bool, DbErr> {
    let done = check::Entity::update_many()
        .set(change)
        .filter(check::Column::Id.eq(id))
        .filter(check::Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes a finding down, once for each instance and matter. One that had come right is open again; one that was explained stays so.
pub(super) async fn write_down(db: &impl ConnectionTrait, row: Finding) -> Result<(), DbErr> {
    let once = OnConflict::columns([finding::Column::InstanceId, finding::Column::Why])
        .update_column(finding::Column::ClosedAt)
        .action_and_where(Expr::col((finding::Entity, finding::Column::ClosedBy)).is_null())
        .to_owned();
    finding::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Closes what is open about an instance that agrees now.
pub(super) async fn came_right(
    db: &impl ConnectionTrait,
    instances: &[String],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for some in instances.chunks(500) {
        finding::Entity::update_many()
            .set(finding::ActiveModel { closed_at: Set(Some(now)), ..Default::default() })
            .filter(finding::Column::InstanceId.is_in(some.iter().map(String::as_str)))
            .filter(finding::Column::ClosedAt.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}

pub(super) async fn close(
    db: &impl ConnectionTrait,
    id: ApprovalFindingId,
    change: finding::ActiveModel,
) -> Result<bool, DbErr> {
    let done = finding::Entity::update_many()
        .set(change)
        .filter(finding::Column::Id.eq(id))
        .filter(finding::Column::ClosedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
