//! What people decide: a worker what shall be done, a second person whether it may be.

use chrono::{DateTime, TimeDelta, Utc};
use mailbox::transaction::Transaction;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{Intake, Mode, Status, store};
use crate::{
    Context,
    authority::{Worker, substitution::same_hand},
    context::{Act, By},
    ids::IntakeId,
    statistics,
};

/// How long an import can be taken back; after that its rows are erased.
pub const UNDO: TimeDelta = TimeDelta::days(7);

/// Why something is not done.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No such import, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It stands somewhere else by now.
    NotNow,
    /// All rows or none, and some are wrong.
    SomeAreWrong,
    /// Nothing would be written.
    NothingToWrite,
    /// The second person is another one than who sent it or said what shall be done.
    SamePerson,
    /// Seven days are over.
    TooLate,
}

/// Reads an import that the worker's role reaches, locked.
async fn reached(tx: &impl ConnectionTrait, worker: &Worker, id: IntakeId) -> Result<Intake, IntakeError> {
    let intake = store::locked(tx, id).await?.ok_or(IntakeError::NotFound)?;
    if worker.covers(intake.at()) { Ok(intake) } else { Err(IntakeError::NotFound) }
}

/// Begins a step that a job carries out.
fn begin(intake: &mut Intake, status: Status, now: DateTime<Utc>) {
    (intake.status, intake.position, intake.done) = (status, 0, 0);
    (intake.lease_owner, intake.leased_until, intake.updated_at) = (None, None, now);
}

async fn keep(
    tx: Transaction,
    cx: &Context,
    (worker, action): (&Worker, &'static str),
    intake: Intake,
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let (id, counts) = (intake.id, intake.counts);
    store::save(&tx, Intake { updated_at: now, ..intake }).await?;
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("intake/{id}"),
        detail: json!({ "new": counts.new, "update": counts.update, "error": counts.error }),
    };
    cx.record(&tx, act, now).await?;
    Ok(tx.commit().await?)
}

/// A worker says what shall be done, after the check. Saying it again changes nothing.
pub async fn submit(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, mode): (IntakeId, Mode),
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut intake = reached(&tx, worker, id).await?;
    match intake.status {
        Status::Waiting if intake.mode == Some(mode) => return Ok(()),
        Status::Checked => {}
        _ => return Err(IntakeError::Refused(Refusal::NotNow)),
    }
    if mode == Mode::All && intake.counts.error > 0 {
        return Err(IntakeError::Refused(Refusal::SomeAreWrong));
    }
    if intake.counts.writes() == 0 {
        return Err(IntakeError::Refused(Refusal::NothingToWrite));
    }
    (intake.status, intake.mode) = (Status::Waiting, Some(mode));
    intake.submitted_by = Some(worker.account().clone());
    keep(tx, cx, (worker, "intake.submitted"), intake, now).await
}

/// The second person agrees; the job begins.
pub async fn approve(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: IntakeId,
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut intake = reached(&tx, worker, id).await?;
    let myself = worker.account();
    if matches!(intake.status, Status::Running | Status::Done) && intake.decided_by.as_ref() == Some(myself) {
        return Ok(());
    }
    if intake.status != Status::Waiting {
        return Err(IntakeError::Refused(Refusal::NotNow));
    }
    // While it waits nothing else touches it: what happened last is that somebody said what shall be done.
    let submitted = intake.submitted_by.iter().map(|by| (by, intake.updated_at));
    for did in submitted.chain([(&intake.sent_by, intake.created_at)]) {
        if same_hand(&tx, worker, did, now).await? {
            return Err(IntakeError::Refused(Refusal::SamePerson));
        }
    }
    intake.decided_by = Some(myself.clone());
    // Counted again as they are written.
    intake.counts.requests = 0;
    begin(&mut intake, Status::Running, now);
    keep(tx, cx, (worker, "intake.approved"), intake, now).await
}

/// It goes back to who sent it (by anybody who may see it), to be submitted again or given up.
pub async fn send_back(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: IntakeId,
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut intake = reached(&tx, worker, id).await?;
    if intake.status != Status::Waiting {
        return Err(IntakeError::Refused(Refusal::NotNow));
    }
    (intake.status, intake.mode, intake.submitted_by) = (Status::Checked, None, None);
    keep(tx, cx, (worker, "intake.sent_back"), intake, now).await
}

/// Given up. Nothing was written.
pub async fn cancel(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: IntakeId,
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut intake = reached(&tx, worker, id).await?;
    match intake.status {
        Status::Cancelled => return Ok(()),
        Status::Checking | Status::Checked | Status::Waiting => {}
        _ => return Err(IntakeError::Refused(Refusal::NotNow)),
    }
    (intake.status, intake.finished_at) = (Status::Cancelled, Some(now));
    keep(tx, cx, (worker, "intake.cancelled"), intake, now).await
}

/// Taken back, for seven days, as far as nobody changed anything since.
pub async fn undo(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: IntakeId,
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut intake = reached(&tx, worker, id).await?;
    match intake.status {
        Status::Undoing | Status::Undone => return Ok(()),
        Status::Done => {}
        _ => return Err(IntakeError::Refused(Refusal::NotNow)),
    }
    if intake.undo_until().is_none_or(|until| until < now) || intake.erased_at.is_some() {
        return Err(IntakeError::Refused(Refusal::TooLate));
    }
    statistics::list_undone(&tx, cx, (worker, &intake), now).await?;
    begin(&mut intake, Status::Undoing, now);
    keep(tx, cx, (worker, "intake.undone"), intake, now).await
}
