//! The day is over: what was said and done without a name counts now, and is in the audit chain, all of a day together.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;

use super::{
    author::{again, take_back},
    open::Open,
};
use crate::{
    By, Context,
    calendar::local_date,
    grievance::{Act, GrievanceError, Status, Step, What, step::words_cell, store},
};

/// So many at once.
const BATCH: u64 = 200;

/// Lets them count. Says how many. Safe to repeat, by any number of servers.
pub async fn release(
    db: &DatabaseConnection,
    cx: &Context,
    now: DateTime<Utc>,
) -> Result<usize, GrievanceError> {
    let held = store::held_before(db, local_date(now), BATCH).await?;
    let mut done = 0;
    for step in held {
        done += usize::from(one(db, cx, &step, now).await?);
    }
    Ok(done)
}

async fn one(
    db: &DatabaseConnection,
    cx: &Context,
    step: &Step,
    now: DateTime<Utc>,
) -> Result<bool, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::lock(&tx, step.grievance_id).await?;
    // Another server may have been here.
    let Some(at) = open.steps.iter().position(|one| one.id == step.id && one.held) else { return Ok(false) };
    let action = match step.what {
        What::Withdrawn => {
            if open.row.status != Status::Withdrawn && open.row.status.after(Act::Withdraw).is_ok() {
                take_back(&mut open)?;
            }
            "grievance.withdrawn"
        }
        What::Reopened => {
            again(&tx, &mut open, now).await?;
            "grievance.reopened"
        }
        _ => {
            if open.row.status == Status::Dropped {
                open.take(Act::Release)?;
            }
            "grievance.received"
        }
    };
    if let Some(step) = open.steps.get_mut(at) {
        step.held = false;
    }
    store::count_it(&tx, step.clone()).await?;
    if step.what == What::Reopened
        && let Some(words) = &step.words
    {
        let words = cx.seal.open(words_cell(&step.id.to_string()), words)?;
        open.mark_named(&tx, cx, words.expose_secret(), now).await?;
    }
    open.settle(&tx, cx, now).await?;
    open.record(&tx, cx, (By::SYSTEM, action), now).await?;
    tx.commit().await?;
    Ok(true)
}
