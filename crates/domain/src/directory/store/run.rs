//! Queries on walks and what they found.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    directory::{
        Change, Kind, Row, Run, State,
        entity::{change, run},
    },
    ids::{AccountId, DirectoryRunId},
};

/// The newest walks first.
pub async fn runs(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Run>, DbErr> {
    run::Entity::find().order_by_desc(run::Column::Id).limit(limit).all(db).await
}

/// One walk.
pub async fn find(db: &impl ConnectionTrait, id: DirectoryRunId) -> Result<Option<Run>, DbErr> {
    run::Entity::find_by_id(id).one(db).await
}

/// The walk that waits for an answer.
pub async fn question(db: &impl ConnectionTrait) -> Result<Option<Run>, DbErr> {
    let asked = run::Entity::find().filter(run::Column::State.eq(State::Asked));
    asked.order_by_desc(run::Column::Id).one(db).await
}

/// Differences of one kind, at most so many.
pub async fn changes(
    db: &impl ConnectionTrait,
    id: DirectoryRunId,
    kind: Kind,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    change::Entity::find()
        .filter(change::Column::RunId.eq(id))
        .filter(change::Column::Kind.eq(kind.code()))
        .order_by_asc(change::Column::Seq)
        .limit(limit)
        .all(db)
        .await
}

/// How many differences of one kind.
pub async fn count(db: &impl ConnectionTrait, id: DirectoryRunId, kind: Kind) -> Result<u64, DbErr> {
    let of = change::Entity::find().filter(change::Column::RunId.eq(id));
    of.filter(change::Column::Kind.eq(kind.code())).count(db).await
}

/// Every difference that is to be written, in the order of writing.
pub(in crate::directory) async fn to_write(
    db: &impl ConnectionTrait,
    id: DirectoryRunId,
) -> Result<Vec<Change>, DbErr> {
    let standing = Kind::STANDING.map(Kind::code);
    let rows = change::Entity::find()
        .filter(change::Column::RunId.eq(id))
        .filter(change::Column::Kind.is_not_in(standing))
        .order_by_asc(change::Column::Seq)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.what).collect())
}

/// Logins that the newest question was about, as long as it is open or was answered with no: the watch leaves them alone.
pub async fn kept(db: &impl ConnectionTrait) -> Result<BTreeSet<AccountId>, DbErr> {
    let settled = [State::Asked, State::Refused, State::Applied];
    let newest = run::Entity::find()
        .filter(run::Column::State.is_in(settled))
        .order_by_desc(run::Column::Id)
        .one(db)
        .await?;
    let Some(newest) = newest.filter(|run| run.state != State::Applied) else { return Ok(BTreeSet::new()) };
    let left = changes(db, newest.id, Kind::Left, u64::from(u32::MAX)).await?;
    Ok(left.into_iter().filter_map(|row| row.what.account().cloned()).collect())
}

/// After how long without a sign of life a night's walk is begun again.
#[derive(Clone, Copy, Debug)]
pub(in crate::directory) struct Stale {
    /// While it reads.
    pub(in crate::directory) walking: TimeDelta,
    /// After it failed.
    pub(in crate::directory) failed: TimeDelta,
}

fn over(state: State, before: DateTime<Utc>) -> Condition {
    Condition::all().add(run::Column::State.eq(state)).add(run::Column::TouchedAt.lt(before))
}

/// Begins a walk. `false`: the night has one already that is done, or that somebody is still at.
pub(in crate::directory) async fn begin(
    db: &impl ConnectionTrait,
    row: Run,
    stale: Stale,
) -> Result<bool, DbErr> {
    let (now, slot) = (row.started_at, row.slot.clone());
    let once = OnConflict::column(run::Column::Slot).do_nothing().to_owned();
    let insert = run::Entity::insert(row.clone().into_active_model().reset_all()).on_conflict(once);
    if insert.exec_without_returning(db).await? == 1 {
        return Ok(true);
    }
    // A server that died over it, or a platform that was away: the night's walk is given to whoever asks after a while.
    let again = run::ActiveModel {
        id: Set(row.id),
        state: Set(State::Walking),
        started_at: Set(now),
        touched_at: Set(now),
        ..Default::default()
    };
    let done = run::Entity::update_many()
        .set(again)
        .filter(run::Column::Slot.eq(slot))
        .filter(
            Condition::any()
                .add(over(State::Walking, now - stale.walking))
                .add(over(State::Failed, now - stale.failed)),
        )
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes the columns that are `Set`, if the walk is still in the state that was read.
pub(in crate::directory) async fn update(
    db: &impl ConnectionTrait,
    id: DirectoryRunId,
    from: State,
    change: run::ActiveModel,
) -> Result<bool, DbErr> {
    let done = run::Entity::update_many()
        .set(change)
        .filter(run::Column::Id.eq(id))
        .filter(run::Column::State.eq(from))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// No question but the newest is open.
pub(in crate::directory) async fn supersede(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let over = run::ActiveModel { state: Set(State::Superseded), touched_at: Set(now), ..Default::default() };
    run::Entity::update_many().set(over).filter(run::Column::State.eq(State::Asked)).exec(db).await?;
    Ok(())
}

/// A walk whose writing nobody is at.
pub(in crate::directory) async fn abandoned(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Option<Run>, DbErr> {
    run::Entity::find()
        .filter(run::Column::State.eq(State::Applying))
        .filter(run::Column::TouchedAt.lt(before))
        .order_by_asc(run::Column::Id)
        .one(db)
        .await
}

/// Writes differences down, after those that are there.
pub(in crate::directory) async fn write_down(
    db: &impl ConnectionTrait,
    id: DirectoryRunId,
    changes: &[Change],
) -> Result<(), DbErr> {
    let before = change::Entity::find().filter(change::Column::RunId.eq(id)).count(db).await?;
    let rows: Vec<change::ActiveModel> = changes
        .iter()
        .zip(i32::try_from(before).unwrap_or(i32::MAX)..)
        .map(|(what, seq)| {
            let row = Row { run_id: id, seq, kind: what.kind().code().to_owned(), what: what.clone() };
            row.into_active_model().reset_all()
        })
        .collect();
    for some in rows.chunks(500) {
        change::Entity::insert_many(some.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Forgets how things stood after earlier walks.
pub(in crate::directory) async fn forget_standing(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let standing = Kind::STANDING.map(Kind::code);
    change::Entity::delete_many().filter(change::Column::Kind.is_in(standing)).exec(db).await?;
    Ok(())
}
