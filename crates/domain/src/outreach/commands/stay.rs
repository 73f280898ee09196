//! 住院: that somebody is in hospital, and that he has gone home. Nothing is said of why.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, SqlErr};
use serde_json::json;

use super::someone::{covered, not_ahead};
use crate::{
    Act, By, Context,
    authority::Worker,
    calendar::local_date,
    ids::{AccountId, OutreachStayId, PersonId},
    outreach::{OutreachError, Refusal, Stay, store},
    person::{self, leader},
};

/// Notes that somebody is in hospital.
pub async fn note(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, from): (PersonId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Stay, OutreachError> {
    not_ahead(from, now)?;
    let tx = mailbox::transaction::write(db).await?;
    covered(&tx, worker, person).await?;
    let found = person::store::find_locked(&tx, person).await?.filter(|one| one.merged_into.is_none());
    let row = found.filter(|one| !leader::is_guarded(one)).ok_or(OutreachError::NotFound)?;
    if !row.is_alive() {
        return Err(Refusal::Dead.into());
    }
    let stay = begin(&tx, (person, from), worker.account(), now).await?;
    record(&tx, cx, worker, ("outreach.stay_noted", &stay), now).await?;
    tx.commit().await?;
    Ok(stay)
}

pub(super) async fn begin(
    tx: &DatabaseTransaction,
    (person_id, from_on): (PersonId, NaiveDate),
    by: &AccountId,
    now: DateTime<Utc>,
) -> Result<Stay, OutreachError> {
    let row = Stay {
        id: OutreachStayId::new(now),
        person_id,
        from_on,
        to_on: None,
        noted_by: by.clone(),
        noted_at: now,
        ended_by: None,
    };
    store::stay::insert(tx, row).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::Stay.into(),
        _ => OutreachError::Db(error),
    })
}

/// Notes that somebody has gone home.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, on): (OutreachStayId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let stay = store::stay::locked(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    covered(&tx, worker, stay.person_id).await?;
    if stay.to_on.is_some() {
        return Ok(());
    }
    if on < stay.from_on || on > local_date(now) {
        return Err(Refusal::Stay.into());
    }
    let stay = Stay { to_on: Some(on), ended_by: Some(worker.account().clone()), ..stay };
    store::stay::save(&tx, stay.clone()).await?;
    record(&tx, cx, worker, ("outreach.stay_ended", &stay), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, stay): (&'static str, &Stay),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("person/{}", stay.person_id),
        detail: json!({ "stay": stay.id }),
    };
    Ok(cx.record(tx, act, now).await?)
}
