//! 受理: a worker takes the case.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection};

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{AidError, Case, Happened, Step, entity, letters::News, separation::Part},
    authority::Worker,
    ids::CaseId,
};

/// Takes a case that was submitted.
pub async fn accept(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Registrar, now).await?;
    let change = entity::ActiveModel { worker: Set(Some(worker.account().clone())), ..Default::default() };
    open.step(&tx, Actor::of(worker), (Step::Accept, Happened::Accepted), change, now).await?;
    open.tell(&tx, News::Accepted, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.accepted", now).await?;
    tx.commit().await?;
    Ok(open.case)
}
