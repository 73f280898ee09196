//! 补正: a worker says what is missing, and the office's clock stands still until it comes.

use chrono::{DateTime, Utc};
use mailbox::transaction::Transaction;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{
    open::{Actor, Open},
    word::{self, Word},
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Step, entity,
        letters::News,
        procedure::Limit,
        separation::Part,
        store,
        supplement::{Model as Supplement, cell, words},
    },
    authority::{Myself, Worker},
    calendar::{Calendar, local_date},
    ids::{CaseId, SupplementId},
};

/// Says what is missing. The form gives the id: sent twice, it is asked for once.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, id, said): (CaseId, SupplementId, &str),
    now: DateTime<Utc>,
) -> Result<Supplement, AidError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    let known = store::paper::supplements(&tx, case).await?;
    if let Some(known) = known.into_iter().find(|known| known.id == id) {
        return Ok(known);
    }
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Registrar, now).await?;
    let today = local_date(now);
    let days = store::procedure::limits(&tx, &open.case.region).await?.value(Limit::Supply, today);
    let days = days.ok_or(Refusal::NoProcedure(Limit::Supply))?;
    let until = Calendar::load(&tx).await?.add_working_days(today, days);
    let row = Supplement {
        id,
        case_id: case,
        asked: cx.seal.seal(cell("asked", &id.to_string()), said)?,
        asked_by: worker.account().clone(),
        asked_at: now,
        until,
        answer: None,
        supplied_by: None,
        supplied_at: None,
        by_hand: false,
        closed_at: None,
    };
    let what = Happened::SupplementAsked { supplement: id, until };
    let step = (Step::AskSupplement, what);
    open.step(&tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    let row = store::paper::insert_supplement(&tx, row).await?;
    open.tell(&tx, News::Supplement { supplement: id }, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.supplement_asked", now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The applicant answers; with the answer the office's clock runs on. A second tap changes nothing.
pub async fn answer(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (case, id, said): (CaseId, SupplementId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    let heard = word::own(&tx, myself, case).await?;
    supply(tx, cx, heard, (id, said), now).await
}

/// It was handed in at the counter or said on the telephone: a worker writes down what came.
pub async fn handed_in(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, id, said): (CaseId, SupplementId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    let heard = word::noted(&tx, worker, case, now).await?;
    supply(tx, cx, heard, (id, said), now).await
}

async fn supply(
    tx: Transaction,
    cx: &Context,
    (mut open, word): (Open, Word<'_>),
    (id, said): (SupplementId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let known = store::paper::supplements(&tx, open.case.id).await?;
    let row = known.into_iter().find(|known| known.id == id).ok_or(AidError::NotFound)?;
    if row.supplied_at.is_some() {
        return Ok(open.case);
    }
    open.living(&tx).await?;
    let Word { actor, account, by_hand } = word;
    let step = (Step::Supply, Happened::Supplied { supplement: id, by_hand });
    open.step(&tx, actor, step, entity::ActiveModel::default(), now).await?;
    let row = Supplement {
        answer: Some(cx.seal.seal(cell("answer", &id.to_string()), said)?),
        supplied_by: Some(account.clone()),
        supplied_at: Some(now),
        by_hand,
        ..row
    };
    store::paper::save_supplement(&tx, row).await?;
    open.record(&tx, cx, actor.by, "aid.supplied", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// The case goes on, or ends, without what was missing. Nobody waits for it any more.
pub(super) async fn close(
    tx: &DatabaseTransaction,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    for row in store::paper::supplements(tx, case).await?.into_iter().filter(Supplement::is_open) {
        store::paper::save_supplement(tx, Supplement { closed_at: Some(now), ..row }).await?;
    }
    Ok(())
}
