//! The job: some rows of one import at a time. A lease says which server works on it; the row of the import is locked while rows are
//! written, and how far it has come is written with them. So nothing is done twice, whoever dies and whoever comes late.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseConnection;

use super::{
    Intake, Status, check,
    commands::UNDO,
    look::LookError,
    store, undo,
    write::{self, Chunk},
};
use crate::{Context, retention};

/// Rows of one transaction: half a second of other people's waiting on `SQLite`.
pub const CHUNK: u64 = 400;
/// Who takes a chunk has this long for it before somebody else may.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// A file that has not come by then comes no more.
const RECEIVING: TimeDelta = TimeDelta::hours(1);

/// One round: the next rows of the next import. Says how many; zero when there is nothing to do.
pub async fn round(
    db: &DatabaseConnection,
    cx: &Context,
    owner: &str,
    now: DateTime<Utc>,
) -> Result<usize, LookError> {
    some(db, cx, owner, (CHUNK, now)).await
}

/// The same, so many rows at a time.
pub async fn some(
    db: &DatabaseConnection,
    cx: &Context,
    owner: &str,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, LookError> {
    let Some(intake) = lease(db, owner, now).await? else {
        return sweep(db, now).await;
    };
    step(db, cx, &intake, (owner, size), now).await
}

/// Takes the next import, unless another server was faster.
async fn lease(
    db: &DatabaseConnection,
    owner: &str,
    now: DateTime<Utc>,
) -> Result<Option<Intake>, LookError> {
    let Some(found) = store::next(db, now).await? else { return Ok(None) };
    let tx = mailbox::transaction::write(db).await?;
    let Some(mut intake) = store::locked(&tx, found.id).await? else { return Ok(None) };
    if !intake.status.is_worked_on() || intake.leased_until.is_some_and(|until| until > now) {
        return Ok(None);
    }
    (intake.lease_owner, intake.leased_until) = (Some(owner.to_owned()), Some(now + LEASE));
    store::save(&tx, intake.clone()).await?;
    tx.commit().await?;
    Ok(Some(intake))
}

/// One transaction.
async fn step(
    db: &DatabaseConnection,
    cx: &Context,
    leased: &Intake,
    (owner, size): (&str, u64),
    now: DateTime<Utc>,
) -> Result<usize, LookError> {
    let tx = mailbox::transaction::write(db).await?;
    let Some(mut intake) = store::locked(&tx, leased.id).await? else { return Ok(0) };
    // Given up by a person, or taken over by another server, since it was leased.
    if intake.status != leased.status || intake.lease_owner.as_deref() != Some(owner) {
        return Ok(0);
    }
    // Whoever comes next may take it at once.
    (intake.lease_owner, intake.leased_until, intake.updated_at) = (None, None, now);
    let count = match intake.status {
        Status::Checking => check::chunk(&tx, cx, &mut intake, (size, now)).await?,
        Status::Running => match write::chunk(&tx, cx, &mut intake, (size, now)).await? {
            Chunk::Done(count) => count,
            Chunk::Stopped(row) => {
                drop(tx);
                return stop(db, leased, row, now).await;
            }
        },
        Status::Undoing => undo::chunk(&tx, cx, &mut intake, (size, now)).await?,
        _ => return Ok(0),
    };
    store::save(&tx, intake).await?;
    tx.commit().await?;
    Ok(count.max(1))
}

/// All or nothing, and a row does not fit: what is written is taken back.
async fn stop(
    db: &DatabaseConnection,
    leased: &Intake,
    row: i32,
    now: DateTime<Utc>,
) -> Result<usize, LookError> {
    let tx = mailbox::transaction::write(db).await?;
    let Some(mut intake) = store::locked(&tx, leased.id).await? else { return Ok(0) };
    (intake.status, intake.stopped_at) = (Status::Undoing, Some(row));
    (intake.position, intake.done) = (0, 0);
    (intake.lease_owner, intake.leased_until, intake.updated_at) = (None, None, now);
    store::save(&tx, intake).await?;
    tx.commit().await?;
    Ok(1)
}

/// Gives up files that stopped coming, and erases what files said when nobody can need it any more.
async fn sweep(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<usize, LookError> {
    for stale in store::stale(db, (now - RECEIVING, now - UNDO)).await? {
        let tx = mailbox::transaction::write(db).await?;
        let Some(mut intake) = store::locked(&tx, stale.id).await? else { continue };
        if retention::is_held(&tx, "intake", intake.id.uuid()).await? {
            continue;
        }
        if intake.status == Status::Receiving {
            (intake.status, intake.finished_at) = (Status::Cancelled, Some(now));
        }
        store::erase(&tx, intake.id).await?;
        (intake.erased_at, intake.updated_at) = (Some(now), now);
        store::save(&tx, intake).await?;
        tx.commit().await?;
    }
    Ok(0)
}
