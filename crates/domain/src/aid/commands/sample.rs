//! 回访: the draw of a month, once; and what was found where somebody went.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::open::{Actor, Open};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Step, entity,
        procedure::Limit,
        sample::{FollowUp, Sample, draw, findings_cell},
        separation::Part,
        store,
        supplement::words,
    },
    authority::Worker,
    calendar::{Calendar, local_date},
    ids::{CaseId, FollowUpId, RegionCode, SampleId},
};

/// Draws of the payments of a region in a month that is over. The seed is made in this transaction, after the list is read, and stands in
/// the audit row; drawn again, it is the same draw.
pub async fn draw_month(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (region, month): (&RegionCode, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Sample, AidError> {
    if !worker.covers(region) {
        return Err(AidError::NotFound);
    }
    let (today, end) = (local_date(now), month.checked_add_months(Months::new(1)));
    if end.is_none_or(|end| end > today) || month.day() != 1 {
        return Err(Refusal::SampleMonth.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    if let Some(known) = store::after::sample_of(&tx, region, month).await? {
        return Ok(known);
    }
    let limits = store::procedure::limits(&tx, region).await?;
    let value = |limit| limits.value(limit, today).ok_or(Refusal::NoProcedure(limit));
    let (share, above) = (value(Limit::FollowUpShare)?, value(Limit::FollowUpAbove)?);
    let due_on = Calendar::load(&tx).await?.add_working_days(today, value(Limit::FollowUp)?);
    let payments = store::after::paid_in(&tx, region, month).await?;
    if payments.is_empty() {
        return Err(Refusal::NothingToSample.into());
    }
    let list: Vec<_> = payments.iter().map(|payment| (payment.id, payment.amount)).collect();
    let seed = hex::encode(rand::random::<[u8; 32]>());
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
        drawn_by: worker.account().clone(),
        drawn_at: now,
    };
    let row = store::after::insert_sample(&tx, row).await?;
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
        by: By::from(worker),
        action: "aid.sample_drawn",
        subject: format!("aid_sample/{}", row.id),
        detail: json!({
            "region": row.region, "month": row.month, "seed": row.seed, "share": row.share,
            "above": row.above.fen(), "listed": row.listed, "chosen": row.chosen,
        }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(row)
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
