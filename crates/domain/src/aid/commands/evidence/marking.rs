//! What the office says of a paper, and the copy in which something is black.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use crate::{
    By, Context,
    aid::{
        Happened,
        commands::open::{Actor, Open},
        separation::Part as Role,
        store as aid_store,
    },
    authority::Worker,
    evidence::{Evidence, EvidenceError, Files, Refusal, Source, State, keep, store},
    ids::{CaseId, EvidenceId},
};

/// A paper, if it is this case's.
pub(super) fn of_case(found: Option<Evidence>, case: CaseId) -> Result<Evidence, EvidenceError> {
    found.filter(|paper| paper.case_id == Some(case)).ok_or(EvidenceError::NotFound)
}

/// Keeps a copy in which something is black, with a small one of it. An earlier copy is none any more.
pub async fn redact(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    worker: &Worker,
    (case, paper, copy): (CaseId, EvidenceId, (&[u8], &[u8])),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    let covered = aid_store::case::find(db, case).await?.is_some_and(|found| worker.covers(found.place()));
    let found = of_case(store::find(db, paper).await?.filter(|_| covered), case)?;
    if !found.kind().is_some_and(attachment::Kind::is_picture) {
        return Err(Refusal::NoPicture.into());
    }
    if !found.is_there() {
        return Err(Refusal::Gone.into());
    }
    let written = keep::write_redacted(db, (cx, files), &found, copy, now).await?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Role::Clerk, now).await?;
    let found = of_case(store::locked(&tx, paper).await?, case)?;
    if !found.is_there() {
        return Err(Refusal::Gone.into());
    }
    let row = keep::row_redacted(&tx, found, (written, worker.account()), now).await?;
    let sha256 = row.redacted_sha256.clone().unwrap_or_default();
    let what = Happened::EvidenceRedacted { evidence: row.id, sha256 };
    open.note(&tx, Actor::of(worker), what, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.evidence_redacted", now).await?;
    tx.commit().await?;
    Ok(row)
}

/// Says that the original was seen, or that the paper does not count. There is no way back; saying it again changes nothing.
pub async fn mark(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, paper, is_void): (CaseId, EvidenceId, bool),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Role::Clerk, now).await?;
    let found = of_case(store::locked(&tx, paper).await?, case)?;
    let row = if is_void {
        Evidence { state: State::Void, ..found.clone() }
    } else {
        Evidence { source: Source::OriginalSeen, ..found.clone() }
    };
    if row == found {
        return Ok(row);
    }
    store::save(&tx, row.clone()).await?;
    let what = Happened::EvidenceMarked { evidence: row.id, source: row.source, state: row.state };
    open.note(&tx, Actor::of(worker), what, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.evidence_marked", now).await?;
    tx.commit().await?;
    Ok(row)
}
