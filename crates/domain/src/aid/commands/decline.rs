//! 不予受理, 退回, 初审不通过: what is decided before the approver is asked, each with its rule and its words. The applicant is told, and until
//! when he may appeal.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection};

use super::{
    open::{Actor, Open},
    ruling::rule,
    supplement,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Status, Step, entity,
        letters::News,
        ruling::{Ground, Kind},
        separation::Part,
        store,
        supplement::words,
    },
    authority::Worker,
    calendar::local_date,
    ids::CaseId,
};

/// 不予受理. While something is missing, only when it has not come in time, and for that alone.
pub async fn decline(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, ground, why): (CaseId, Ground, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(why)?;
    if !Ground::OF_DECLINING.contains(&ground) {
        return Err(Refusal::Ground.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Registrar, now).await?;
    let missing = store::paper::supplements(&tx, case).await?;
    let waiting = missing.iter().find(|one| one.is_open()).map(|one| one.until);
    match (open.case.status, ground) {
        (Status::Supplementing, Ground::NotSupplied) => {
            if let Some(until) = waiting.filter(|until| local_date(now) <= *until) {
                return Err(Refusal::StillTime { until }.into());
            }
        }
        (Status::Supplementing, _) | (_, Ground::NotSupplied) => return Err(Refusal::Ground.into()),
        _ => {}
    }
    let ruling = rule(&tx, cx, &open, (Kind::Declined, ground, why), Some(worker.account()), now).await?;
    let step = (Step::Decline, Happened::Declined { ruling, ground });
    open.step(&tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    supplement::close(&tx, case, now).await?;
    open.tell(&tx, News::Declined { ruling }, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.declined", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// 退回: what was found is not enough, and two go once more. What they proposed counts no more.
pub async fn send_back(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, why): (CaseId, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(why)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Reviewer, now).await?;
    let kind = (Kind::SentBack, Ground::Unclear, why);
    let ruling = rule(&tx, cx, &open, kind, Some(worker.account()), now).await?;
    let change = entity::ActiveModel { proposed: Set(None), ..Default::default() };
    let step = (Step::SendBack, Happened::SentBack { ruling });
    open.step(&tx, Actor::of(worker), step, change, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.sent_back", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// 初审不通过.
pub async fn fail(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, ground, why): (CaseId, Ground, &str),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(why)?;
    if !Ground::OF_FAILING.contains(&ground) {
        return Err(Refusal::Ground.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Reviewer, now).await?;
    let ruling = rule(&tx, cx, &open, (Kind::Failed, ground, why), Some(worker.account()), now).await?;
    let step = (Step::Fail, Happened::Failed { ruling, ground });
    open.step(&tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    open.tell(&tx, open.refused(), now).await?;
    open.record(&tx, cx, By::from(worker), "aid.failed", now).await?;
    tx.commit().await?;
    Ok(open.case)
}
