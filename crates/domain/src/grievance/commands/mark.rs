//! Whoever reads it first says whom it names and which case it is about, so that nobody of these answers it.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::open::{Entry, Open};
use crate::{
    By, Context, account, aid,
    authority::Worker,
    grievance::{Grievance, GrievanceError, Refusal, What},
    ids::{AccountId, GrievanceId},
    person,
};

/// It names somebody. If he has it, he gives it back.
pub async fn name(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, whom): (GrievanceId, &AccountId),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, id, now).await?;
    if !open.row.status.is_open() {
        return Err(Refusal::NotNow.into());
    }
    if account::store::find(&tx, whom).await?.is_none() {
        return Err(Refusal::NotThere.into());
    }
    if open.is_named(whom) {
        return Ok(open.row);
    }
    let entry = Entry { actor: Some(worker.account()), whom: Some(whom), ..Entry::of(What::Named) };
    open.note(&tx, cx, entry, now).await?;
    open.settle(&tx, cx, now).await?;
    open.record(&tx, cx, (By::from(worker), "grievance.marked"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}

/// It is about a case, by the number that is written in it.
pub async fn link(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, number): (GrievanceId, &str),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, id, now).await?;
    if !open.row.status.is_open() || open.row.case_id.is_some() {
        return Err(Refusal::NotNow.into());
    }
    let found = aid::store::case::by_number(&tx, number.trim()).await?;
    let case = found.filter(|case| worker.covers(case.place())).ok_or(Refusal::NoCase)?;
    if person::leader::store::of_person(&tx, case.person_id).await?.is_some() {
        return Err(Refusal::NoCase.into());
    }
    open.row.case_id = Some(case.id);
    open.note(&tx, cx, Entry { actor: Some(worker.account()), ..Entry::of(What::Linked) }, now).await?;
    open.settle(&tx, cx, now).await?;
    open.record(&tx, cx, (By::from(worker), "grievance.marked"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}
