//! Freezing a table, and asking the same question again.

use chrono::{DateTime, NaiveDate, Utc};
use ring::digest::{SHA256, digest};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Snapshot, store, veterans};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{RegionCode, SnapshotId},
    intake::Intake,
};

/// Freezes the table of a region on a day, as far as is known now. `None`: the worker's role does not reach the region.
pub async fn freeze(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (region, as_of): (&RegionCode, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Option<Snapshot>, DbErr> {
    if !worker.covers(region) {
        return Ok(None);
    }
    let tx = mailbox::transaction::write(db).await?;
    let counts = veterans(&tx, region, (as_of, now)).await?;
    let snapshot = Snapshot {
        id: SnapshotId::new(now),
        region: region.clone(),
        as_of,
        known_at: now,
        answer: counts.text(),
        sha256: counts.sha256(),
        made_by: worker.account().clone(),
        made_at: now,
    };
    let snapshot = store::insert(&tx, snapshot).await?;
    let act = Act {
        by: By::from(worker),
        action: "statistics.frozen",
        subject: format!("snapshot/{}", snapshot.id),
        detail: json!({ "region": region, "as_of": as_of, "sha256": snapshot.sha256, "total": counts.total() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(Some(snapshot))
}

/// What became of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The same question has the same answer.
    Same,
    /// The text of the snapshot is not what its hash is of.
    Touched,
    /// The question has another answer, and a list that had been written by then was taken back since, with whoever it had brought.
    Undone,
    /// The question has another answer: the facts were changed behind the program's back.
    Differs,
}

/// In the chain, of a snapshot that may count whoever leaves with a list.
const UNDONE: &str = "statistics.import_undone";

/// A list is being taken back. What was frozen while it was in the register cannot be counted again, and says so from now on.
pub(crate) async fn list_undone(
    tx: &DatabaseTransaction,
    cx: &Context,
    (worker, intake): (&Worker, &Intake),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    mark(tx, cx, (By::from(worker), intake), now).await
}

/// It is out of the register by now. What was frozen while it went says so, too.
pub(crate) async fn list_gone(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &Intake,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    mark(tx, cx, (By::SYSTEM, intake), now).await
}

async fn mark(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, intake): (By<'_>, &Intake),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for snapshot in store::since(tx, intake.created_at).await? {
        if !snapshot.region.covers(&intake.region) && !intake.region.covers(&snapshot.region) {
            continue;
        }
        let subject = format!("snapshot/{}", snapshot.id);
        let detail = json!({ "intake": intake.id });
        let said = audit::of_subject(tx, &subject).await?;
        if !said.iter().any(|row| row.action == UNDONE && row.detail() == detail) {
            cx.record(tx, Act { by, action: UNDONE, subject, detail }, now).await?;
        }
    }
    Ok(())
}

/// Asks again.
pub async fn check(db: &impl ConnectionTrait, snapshot: &Snapshot) -> Result<Check, DbErr> {
    if hex::encode(digest(&SHA256, snapshot.answer.as_bytes())) != snapshot.sha256 {
        return Ok(Check::Touched);
    }
    let again = veterans(db, &snapshot.region, (snapshot.as_of, snapshot.known_at)).await?;
    if again.text() == snapshot.answer {
        return Ok(Check::Same);
    }
    let said = audit::of_subject(db, &format!("snapshot/{}", snapshot.id)).await?;
    Ok(if said.iter().any(|row| row.action == UNDONE) { Check::Undone } else { Check::Differs })
}
