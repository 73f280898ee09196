//! 领取: on paper, as a worker says, or by the person's own tap.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::someone::covered;
use crate::{
    Act, By, Context,
    authority::{Myself, Worker},
    ids::OutreachVisitId,
    outreach::{Entry, Outcome, OutreachError, Refusal, Visit, store},
};

async fn given(tx: &DatabaseTransaction, id: OutreachVisitId) -> Result<(Entry, Visit), OutreachError> {
    let visit = store::visit::locked(tx, id).await?.ok_or(OutreachError::NotFound)?;
    let entry = store::entry::find(tx, visit.entry_id).await?.ok_or(OutreachError::NotFound)?;
    Ok((entry, visit))
}

/// The slip with the signature has come. Again changes nothing.
pub async fn signed(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachVisitId,
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let (entry, visit) = given(&tx, id).await?;
    covered(&tx, worker, entry.person_id).await?;
    if visit.outcome != Outcome::Given {
        return Err(Refusal::NotNow.into());
    }
    if visit.signed {
        return Ok(());
    }
    store::visit::save(&tx, Visit { signed: true, ..visit }).await?;
    record(&tx, cx, By::from(worker), ("outreach.signed", &entry, id), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The person says that it has come. Again changes nothing.
pub async fn received(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    id: OutreachVisitId,
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let (entry, visit) = given(&tx, id).await?;
    if entry.person_id != myself.person() || visit.outcome != Outcome::Given {
        return Err(OutreachError::NotFound);
    }
    if visit.received_at.is_some() {
        return Ok(());
    }
    let visit = Visit { received_at: Some(now), received_by: Some(myself.account().clone()), ..visit };
    store::visit::save(&tx, visit).await?;
    record(&tx, cx, By::from(myself), ("outreach.received", &entry, id), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (action, entry, visit): (&'static str, &Entry, OutreachVisitId),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let subject = format!("person/{}", entry.person_id);
    let detail = json!({ "plan": entry.plan_id, "visit": visit });
    Ok(cx.record(tx, Act { by, action, subject, detail }, now).await?)
}
