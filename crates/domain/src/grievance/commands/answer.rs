//! Whoever has it answers it, or asks for more time: once, and before it is late.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::open::{Entry, Open, due_on};
use crate::{
    By, Context,
    aid::{procedure::Limit, standard::Level},
    authority::Worker,
    calendar::local_date,
    grievance::{Act, Grievance, GrievanceError, Outcome, Refusal, What, bar::admits, reach, words},
    ids::GrievanceId,
};

/// 答复, with the result and in words for whoever said it.
pub async fn answer(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, outcome, said): (GrievanceId, Outcome, &str),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, id, now).await?;
    open.take(Act::Answer)?;
    may(&tx, &open, worker, now).await?;
    let entry = Entry {
        actor: Some(worker.account()),
        whom: worker.stands_for(),
        outcome: Some(outcome),
        words: Some(said),
        ..Entry::of(What::Answered)
    };
    let step = open.note(&tx, cx, entry, now).await?;
    open.save(&tx).await?;
    open.tell(&tx, step, now).await?;
    open.record(&tx, cx, (By::from(worker), "grievance.answered"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}

/// 延期, with the reason; whoever said it is told the new day.
pub async fn extend(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, why): (GrievanceId, &str),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let why = words(why)?;
    let (tx, today) = (mailbox::transaction::write(db).await?, local_date(now));
    let mut open = Open::reached(&tx, worker, id, now).await?;
    open.take(Act::Extend)?;
    may(&tx, &open, worker, now).await?;
    if open.row.extended {
        return Err(Refusal::Extended.into());
    }
    // What is late is late: more time is asked for before.
    let due = open.row.due_on.filter(|due| *due >= today).ok_or(Refusal::NoTime)?;
    let until = due_on(&tx, (Limit::GrievanceExtended, &open.row.region), (today, due)).await?;
    let until = Some(until.ok_or(Refusal::NoTime)?);
    open.row.due_on = until;
    open.row.extended = true;
    let entry = Entry { actor: Some(worker.account()), until, words: Some(why), ..Entry::of(What::Extended) };
    let step = open.note(&tx, cx, entry, now).await?;
    open.save(&tx).await?;
    open.tell(&tx, step, now).await?;
    open.record(&tx, cx, (By::from(worker), "grievance.extended"), now).await?;
    tx.commit().await?;
    Ok(open.row)
}

/// It is his, nothing bars him today, and he stands high enough.
async fn may(
    tx: &DatabaseTransaction,
    open: &Open,
    worker: &Worker,
    now: DateTime<Utc>,
) -> Result<(), GrievanceError> {
    let who = (worker.account(), worker.stands_for());
    let bar = reach::bar(tx, (&open.row, &open.steps), who, now).await?;
    admits(bar, (Level::of_reach(worker.reach()), open.row.level))?;
    if open.row.assigned_to.as_ref().is_some_and(|has| worker.is(has)) {
        Ok(())
    } else {
        Err(Refusal::NotYours.into())
    }
}
