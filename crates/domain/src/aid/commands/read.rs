//! Looking at what somebody wrote in need, what visitors found, or what was objected: one case, one audit row.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use secrecy::{ExposeSecret, SecretString};

use super::open::Open;
use crate::{
    By, Context,
    aid::{
        AidError, Refusal, draft::Complete, emergency::why_cell, entity::answers_cell,
        public_notice::objection::said_cell, separation::Part, store, visit::findings_cell,
    },
    authority::{Held, Proof, Role, Worker},
    ids::{CaseId, EmergencyId, ObjectionId, VisitId},
    privacy::CannotOpen,
};

/// The answers of the applicant, for a worker of the place.
pub async fn answers(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Complete, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let text = cx.seal.open(answers_cell(&case.to_string()), &open.case.answers)?;
    if text.expose_secret().is_empty() {
        return Err(Refusal::Erased.into());
    }
    let answers = serde_json::from_str(text.expose_secret()).or(Err(CannotOpen))?;
    open.record(&tx, cx, By::from(worker), "aid.answers_read", now).await?;
    tx.commit().await?;
    Ok(answers)
}

/// The findings of a visit, for a worker of the place.
pub async fn findings(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, visit): (CaseId, VisitId),
    now: DateTime<Utc>,
) -> Result<SecretString, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let visits = store::case::visits(&tx, case).await?;
    let visit = visits.into_iter().find(|one| one.id == visit).ok_or(AidError::NotFound)?;
    let text = cx.seal.open(findings_cell(&visit.id.to_string()), &visit.findings)?;
    open.record(&tx, cx, By::from(worker), "aid.findings_read", now).await?;
    tx.commit().await?;
    Ok(text)
}

/// Why money is to go ahead, for a worker or an approver of the place.
pub async fn emergency<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    proof: &Proof<R>,
    (case, id): (CaseId, EmergencyId),
    now: DateTime<Utc>,
) -> Result<SecretString, AidError> {
    if !matches!(R::ROLE, Role::Worker | Role::Approver) {
        return Err(AidError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, proof, case).await?;
    open.apart(&tx, proof, Part::Clerk, now).await?;
    let found = store::emergency::find(&tx, id).await?.filter(|found| found.case_id == case);
    let found = found.ok_or(AidError::NotFound)?;
    let text = cx.seal.open(why_cell(&found.id.to_string()), &found.why)?;
    open.record(&tx, cx, By::from(proof), "aid.emergency_read", now).await?;
    tx.commit().await?;
    Ok(text)
}

/// The words of an objection, for a worker of the place.
pub async fn objection(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, objection): (CaseId, ObjectionId),
    now: DateTime<Utc>,
) -> Result<SecretString, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let found = store::notice::objection(&tx, objection).await?.filter(|found| found.case_id == case);
    let found = found.ok_or(AidError::NotFound)?;
    let text = cx.seal.open(said_cell(&found.id.to_string()), &found.said)?;
    open.record(&tx, cx, By::from(worker), "aid.objection_read", now).await?;
    tx.commit().await?;
    Ok(text)
}
