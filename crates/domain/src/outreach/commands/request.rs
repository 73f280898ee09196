//! 诉求: what somebody said at a visit, and what became of it. The words are sealed, and looking at them is written down.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;
use serde_json::json;

use super::{someone::covered, visit::LONGEST};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::OutreachVisitId,
    outreach::{
        Entry, OutreachError, Refusal, Visit, store,
        visit::{answer_cell, said_cell},
    },
};

async fn reached(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: OutreachVisitId,
) -> Result<(Entry, Visit), OutreachError> {
    let visit = store::visit::locked(tx, id).await?.ok_or(OutreachError::NotFound)?;
    let entry = store::entry::find(tx, visit.entry_id).await?.ok_or(OutreachError::NotFound)?;
    covered(tx, worker, entry.person_id).await?;
    Ok((entry, visit))
}

/// What was said, and what became of it.
pub struct Read {
    /// The person's words.
    pub said: SecretString,
    /// What was done.
    pub answer: Option<SecretString>,
}

/// The words, for a worker of the place.
pub async fn read(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachVisitId,
    now: DateTime<Utc>,
) -> Result<Read, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let (entry, visit) = reached(&tx, worker, id).await?;
    let row = id.to_string();
    let sealed = visit.said.as_ref().ok_or(OutreachError::NotFound)?;
    let said = cx.seal.open(said_cell(&row), sealed)?;
    let answer = visit.answer.as_ref().map(|answer| cx.seal.open(answer_cell(&row), answer)).transpose()?;
    record(&tx, cx, worker, ("outreach.request_read", &entry, id), now).await?;
    tx.commit().await?;
    Ok(Read { said, answer })
}

/// Says what was done.
pub async fn answer(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, words): (OutreachVisitId, &str),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        return Err(Refusal::Words.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let (entry, visit) = reached(&tx, worker, id).await?;
    if visit.said.is_none() {
        return Err(OutreachError::NotFound);
    }
    if visit.answered_at.is_some() {
        return Err(Refusal::NotNow.into());
    }
    let visit = Visit {
        answer: Some(cx.seal.seal(answer_cell(&id.to_string()), words)?),
        answered_by: Some(worker.account().clone()),
        answered_at: Some(now),
        ..visit
    };
    store::visit::save(&tx, visit).await?;
    record(&tx, cx, worker, ("outreach.request_answered", &entry, id), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, entry, visit): (&'static str, &Entry, OutreachVisitId),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("person/{}", entry.person_id),
        detail: json!({ "visit": visit }),
    };
    Ok(cx.record(tx, act, now).await?)
}
