//! 异议: it stops the clock of the notice until somebody with no part in the case has judged it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{
    death::release,
    open::{Actor, Open},
    ruling::rule,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Status, Step, entity,
        public_notice::{
            NoticeState, Objection, Outcome, PublicNotice,
            objection::{SAID, said_cell},
        },
        ruling::{Ground, Kind},
        separation::Part,
        store,
    },
    authority::Worker,
    calendar::{Calendar, local_date},
    ids::{CaseId, ObjectionId},
};

/// Writes down an objection. The notice stays up and its clock stands still. The form gives the id: sent twice, it is one objection.
pub async fn object(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, id, said): (CaseId, ObjectionId, &str),
    now: DateTime<Utc>,
) -> Result<Objection, AidError> {
    let length = said.trim().chars().count();
    if length == 0 || length > SAID {
        return Err(Refusal::Objection.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    let known = store::notice::objections(&tx, case).await?;
    if let Some(known) = known.into_iter().find(|known| known.id == id) {
        return Ok(known);
    }
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let notice = hanging(&tx, &open.case, local_date(now)).await?;
    let objection = Objection {
        id,
        case_id: case,
        said: cx.seal.seal(said_cell(&id.to_string()), said.trim())?,
        recorded_by: worker.account().clone(),
        recorded_at: now,
        outcome: None,
        resolved_by: None,
        resolved_at: None,
    };
    let left = days_left(&tx, &notice, local_date(now)).await?;
    let what = Happened::Objected { objection: id, days_left: u32::try_from(left).unwrap_or_default() };
    open.step(&tx, Actor::of(worker), (Step::Object, what), entity::ActiveModel::default(), now).await?;
    let frozen =
        PublicNotice { state: NoticeState::Frozen, days_left: Some(left), updated_at: now, ..notice };
    store::notice::save(&tx, frozen).await?;
    let objection = store::notice::insert_objection(&tx, objection).await?;
    open.record(&tx, cx, By::from(worker), "aid.objected", now).await?;
    tx.commit().await?;
    Ok(objection)
}

/// The notice of a case, if it still hangs. On the morning after its last day it does not, whether or not the job has run.
async fn hanging(tx: &DatabaseTransaction, case: &Case, today: NaiveDate) -> Result<PublicNotice, AidError> {
    let notice = store::notice::of_case(tx, case.id).await?.filter(|notice| notice.is_public(today));
    notice.ok_or_else(|| Refusal::NotNow { status: case.status, step: Step::Object }.into())
}

/// At least one day: who objects on the last one does not shorten the notice for others.
async fn days_left(
    tx: &DatabaseTransaction,
    notice: &PublicNotice,
    today: NaiveDate,
) -> Result<i32, AidError> {
    if let Some(left) = notice.days_left {
        return Ok(left);
    }
    let left = Calendar::load(tx).await?.working_days_between(today, notice.closes_on);
    Ok(i32::try_from(left).unwrap_or(i32::MAX).max(1))
}

/// Judges an objection. Upheld: no help, and the money is free again. Dismissed: when no other is open, the clock runs on for
/// the days that were left.
pub async fn resolve(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (objection, outcome): (ObjectionId, Outcome),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let case = store::notice::objection(&tx, objection).await?.ok_or(AidError::NotFound)?.case_id;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Resolver, now).await?;
    let objection = store::notice::objection(&tx, objection).await?.ok_or(AidError::NotFound)?;
    if objection.outcome.is_some() {
        return Err(Refusal::Stale.into());
    }
    let id = objection.id;
    let judged = Objection {
        outcome: Some(outcome),
        resolved_by: Some(worker.account().clone()),
        resolved_at: Some(now),
        ..objection
    };
    store::notice::save_objection(&tx, judged).await?;
    match outcome {
        Outcome::Upheld => uphold(&tx, cx, &mut open, (worker, id), now).await?,
        Outcome::Dismissed => dismiss(&tx, &mut open, (worker, id), now).await?,
    }
    open.record(&tx, cx, By::from(worker), "aid.objection_resolved", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

async fn uphold(
    tx: &DatabaseTransaction,
    cx: &Context,
    open: &mut Open,
    (worker, objection): (&Worker, ObjectionId),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    if open.case.status != Status::Objected {
        return Err(Refusal::NotNow { status: open.case.status, step: Step::Uphold }.into());
    }
    release(tx, open, "objection", now).await?;
    let notice = store::notice::of_case(tx, open.case.id).await?.ok_or(AidError::NotFound)?;
    store::notice::take_down(tx, notice, now).await?;
    let what = (Step::Uphold, Happened::ObjectionUpheld { objection });
    let kind = (Kind::Objection, Ground::Objection, "");
    rule(tx, cx, open, kind, Some(worker.account()), now).await?;
    let change = open.case.unapproved();
    open.step(tx, Actor::of(worker), what, change, now).await?;
    open.tell(tx, open.refused(), now).await
}

async fn dismiss(
    tx: &DatabaseTransaction,
    open: &mut Open,
    (worker, objection): (&Worker, ObjectionId),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let notice = store::notice::of_case(tx, open.case.id).await?.ok_or(AidError::NotFound)?;
    let others = store::notice::objections(tx, open.case.id).await?;
    if others.iter().any(|other| other.outcome.is_none()) {
        let what = Happened::ObjectionDismissed { objection, closes_on: notice.closes_on };
        return open.note(tx, Actor::of(worker), what, now).await;
    }
    let left = u32::try_from(notice.days_left.unwrap_or(1)).unwrap_or(1);
    let closes_on = Calendar::load(tx).await?.add_working_days(local_date(now), left);
    let what = (Step::Dismiss, Happened::ObjectionDismissed { objection, closes_on });
    open.step(tx, Actor::of(worker), what, entity::ActiveModel::default(), now).await?;
    let running =
        PublicNotice { state: NoticeState::Open, closes_on, days_left: None, updated_at: now, ..notice };
    Ok(store::notice::save(tx, running).await?)
}
