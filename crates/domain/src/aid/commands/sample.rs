//! 回访: the draw of a month, once, by the calendar; and what was found where somebody went.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::open::{Actor, Open};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Step, entity,
        procedure::Limit,
        sample::{FollowUp, Sample, Seed, draw, findings_cell, seed},
        separation::Part,
        store,
        supplement::words,
    },
    authority::Worker,
    calendar::{Calendar, local_date},
    ids::{CaseId, FollowUpId, RegionCode, SampleId},
};

/// Draws what is to be drawn: for each month that is over the seed is written down first, and on a later day each place in which money went is
/// drawn by it. Says how much was done. Safe to repeat, by any number of servers; a place where nobody has said how much is drawn waits.
pub async fn draw_due(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, AidError> {
    let mut done = 0;
    let waiting = store::seed::undrawn(db, local_date(now)).await?;
    let months: BTreeSet<NaiveDate> = waiting.iter().map(|(month, _)| *month).collect();
    for month in months {
        done += usize::from(fix_seed(db, cx, month, now).await?);
    }
    for (month, region) in &waiting {
        match draw_place(db, cx, (*month, region), now).await {
            Ok(drawn) => done += usize::from(drawn),
            Err(AidError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Writes down by what a month is drawn: by the end of the audit chain as it is now. `false`: it was written down before.
async fn fix_seed(
    db: &DatabaseConnection,
    cx: &Context,
    month: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    if store::seed::of_month(db, month).await?.is_some() {
        return Ok(false);
    }
    let tx = mailbox::transaction::write(db).await?;
    let anchor = audit::head(&tx).await?.to_string();
    let row = Seed { month, seed: seed(month, &anchor), anchor, fixed_at: now };
    if !store::seed::insert(&tx, row.clone()).await? {
        return Ok(false);
    }
    let act = Act {
        by: By::SYSTEM,
        action: "aid.seed_fixed",
        subject: format!("aid_sample_seed/{month}"),
        detail: json!({ "month": month, "seed": row.seed, "anchor": row.anchor }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Draws of the payments of a region's own cases in a month, once, on a later day than the seed was written down. `false`: not now, or there is
/// nothing to draw.
async fn draw_place(
    db: &DatabaseConnection,
    cx: &Context,
    (month, region): (NaiveDate, &RegionCode),
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    let today = local_date(now);
    let tx = mailbox::transaction::write(db).await?;
    let Some(Seed { seed, fixed_at, .. }) = store::seed::of_month(&tx, month).await? else {
        return Ok(false);
    };
    if local_date(fixed_at) >= today || store::after::sample_of(&tx, region, month).await?.is_some() {
        return Ok(false);
    }
    let payments = store::after::paid_in(&tx, region, month).await?;
    if payments.is_empty() {
        return Ok(false);
    }
    let limits = store::procedure::limits(&tx, region).await?;
    let value = |limit| limits.value(limit, today).ok_or(Refusal::NoProcedure(limit));
    let (share, above) = (value(Limit::FollowUpShare)?, value(Limit::FollowUpAbove)?);
    let due_on = Calendar::load(&tx).await?.add_working_days(today, value(Limit::FollowUp)?);
    let list: Vec<_> = payments.iter().map(|payment| (payment.id, payment.amount)).collect();
    let above = Fen::yuan(i64::from(above));
    let drawn = draw(&seed, &list, share, above);
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let row = Sample {
        id: SampleId::new(now),
        region: region.clone(),
        month,
        seed,
        share: i32::try_from(share).unwrap_or(i32::MAX),
        above,
        listed: number(drawn.len()),
        chosen: number(drawn.iter().filter(|line| line.chosen.is_some()).count()),
        drawn_by: None,
        drawn_at: now,
    };
    if !store::after::insert_sample(&tx, row.clone()).await? {
        return Ok(false);
    }
    for line in drawn {
        let Some(payment) = payments.iter().find(|payment| payment.id == line.payment) else { continue };
        let line = FollowUp {
            id: FollowUpId::new(now),
            sample_id: row.id,
            payment_id: line.payment,
            case_id: payment.case_id,
            amount: line.amount,
            digest: line.digest,
            chosen: line.chosen,
            due_on: line.chosen.map(|_| due_on),
            visited_on: None,
            differs: None,
            findings: None,
            visited_by: None,
            recorded_at: None,
        };
        store::after::insert_line(&tx, line).await?;
    }
    let act = Act {
        by: By::SYSTEM,
        action: "aid.sample_drawn",
        subject: format!("aid_sample/{}", row.id),
        detail: json!({
            "region": row.region, "month": row.month, "seed": row.seed, "share": row.share,
            "above": row.above.fen(), "listed": row.listed, "chosen": row.chosen,
        }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// What somebody found.
#[derive(Clone, Debug)]
pub struct Found {
    /// On which day: not before the money came, not after today.
    pub on: NaiveDate,
    /// Is something different from what is on record?
    pub differs: bool,
    /// What was seen.
    pub findings: String,
}

/// Writes down what was found. Whoever went there had no part in the case before the money came. What is different is asked about in a
/// review at once.
pub async fn follow_up(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, found): (FollowUpId, Found),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let findings = words(&found.findings)?;
    let tx = mailbox::transaction::write(db).await?;
    let case: CaseId = store::after::follow_up(&tx, id).await?.ok_or(AidError::NotFound)?.case_id;
    let mut open = Open::reached(&tx, worker, case).await?;
    let row = store::after::follow_up(&tx, id).await?.filter(|row| row.chosen.is_some());
    let row = row.ok_or(AidError::NotFound)?;
    if !row.is_open() {
        return Err(Refusal::Stale.into());
    }
    open.apart(&tx, worker, Part::Verifier, now).await?;
    let payment = store::payment::find(&tx, row.payment_id).await?.ok_or(AidError::NotFound)?;
    let paid_on = payment.settled_at.map(local_date);
    if found.on > local_date(now) || paid_on.is_some_and(|paid| found.on < paid) {
        return Err(Refusal::FollowUpDate.into());
    }
    let what = Happened::FollowedUp { follow_up: id, differs: found.differs };
    let step = (Step::FollowUp, what);
    open.step(&tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    let row = FollowUp {
        visited_on: Some(found.on),
        differs: Some(found.differs),
        findings: Some(cx.seal.seal(findings_cell(&id.to_string()), findings)?),
        visited_by: Some(worker.account().clone()),
        recorded_at: Some(now),
        ..row
    };
    store::after::save_line(&tx, row).await?;
    open.record(&tx, cx, By::from(worker), "aid.followed_up", now).await?;
    tx.commit().await?;
    Ok(open.case)
}
