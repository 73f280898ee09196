//! Looking at papers: a row first, and then the bytes.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::marking::of_case;
use crate::{
    Act, By, Context,
    aid::{commands::open::Open, separation::Part as Role},
    authority::{Approver, Held, Proof, Worker},
    evidence::{Evidence, EvidenceError, Files, Part, Refusal, State, keep, store},
    ids::{AccountId, CaseId, EvidenceId},
};

/// The list of a case's papers, for a worker: one look.
pub async fn list(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Vec<Evidence>, EvidenceError> {
    listed(db, cx, (worker, Role::Clerk), case, now).await
}

/// The same for whoever decides about it. What is void is no business of his.
pub async fn list_for_approver(
    db: &DatabaseConnection,
    cx: &Context,
    approver: &Approver,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Vec<Evidence>, EvidenceError> {
    let mut papers = listed(db, cx, (approver, Role::Approver), case, now).await?;
    papers.retain(|paper| paper.state == State::Counts);
    Ok(papers)
}

async fn listed<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    (proof, part): (&Proof<R>, Role),
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Vec<Evidence>, EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, proof, case).await?;
    open.apart(&tx, proof, part, now).await?;
    let papers = store::of_case(&tx, case).await?;
    open.record(&tx, cx, By::from(proof), "aid.evidence_listed", now).await?;
    tx.commit().await?;
    Ok(papers)
}

/// A paper, for a worker of the place: the original, or the copy in which something is black.
pub async fn open(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    worker: &Worker,
    (case, paper, part): (CaseId, EvidenceId, Part),
    now: DateTime<Utc>,
) -> Result<(Evidence, Vec<u8>), EvidenceError> {
    opened(db, (cx, files), (worker, Role::Clerk), (case, paper, |_: &Evidence| part), now).await
}

/// A paper, for whoever decides: the copy in which something is black wherever there is one.
pub async fn open_for_approver(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    approver: &Approver,
    (case, paper): (CaseId, EvidenceId),
    now: DateTime<Utc>,
) -> Result<(Evidence, Vec<u8>), EvidenceError> {
    opened(db, (cx, files), (approver, Role::Approver), (case, paper, seen_by_approver), now).await
}

/// Which part of a paper the approver sees.
pub fn seen_by_approver(paper: &Evidence) -> Part {
    if paper.redacted.is_some() { Part::Redacted } else { Part::Original }
}

async fn opened<R: Held>(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    (proof, role): (&Proof<R>, Role),
    (case, paper, part): (CaseId, EvidenceId, impl Fn(&Evidence) -> Part),
    now: DateTime<Utc>,
) -> Result<(Evidence, Vec<u8>), EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, proof, case).await?;
    open.apart(&tx, proof, role, now).await?;
    let found = of_case(store::find(&tx, paper).await?, case)?;
    if role == Role::Approver && found.state == State::Void {
        return Err(EvidenceError::NotFound);
    }
    let part = part(&found);
    if !found.is_there() {
        return Err(Refusal::Gone.into());
    }
    // Who looks leaves a row first: it stands even if the object is not to be read.
    let detail =
        json!({ "event": open.log.last().map(|last| last.seq), "evidence": found.id, "part": part.code() });
    let act =
        Act { by: By::from(proof), action: "aid.evidence_opened", subject: open.case.subject(), detail };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    let bytes = keep::open((cx, files), &found, part).await?;
    Ok((found, bytes))
}

/// The small picture of a paper in a list that its reader was given just now.
pub async fn small(
    (cx, files): (&Context, &Files),
    paper: &Evidence,
    part: Part,
) -> Result<Option<Vec<u8>>, EvidenceError> {
    let small = match part {
        Part::Original | Part::Small => paper.small.as_ref().map(|_| Part::Small),
        Part::Redacted | Part::RedactedSmall => paper.redacted_small.as_ref().map(|_| Part::RedactedSmall),
    };
    match small {
        Some(part) if paper.is_there() => keep::open((cx, files), paper, part).await.map(Some),
        _ => Ok(None),
    }
}

/// The small picture of a paper, for the login that sent it.
pub async fn own_small(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    account: &AccountId,
    paper: EvidenceId,
) -> Result<Vec<u8>, EvidenceError> {
    let found = store::find(db, paper).await?.filter(|paper| paper.account_id == *account);
    let found = found.ok_or(EvidenceError::NotFound)?;
    small((cx, files), &found, Part::Original).await?.ok_or(EvidenceError::NotFound)
}
