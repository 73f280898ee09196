//! 本人不要了: somebody says on the telephone or at the door that the money which was approved is not wanted any more, also when the bank has
//! sent it back. What was bound is free again, and the person is told, so that nobody else says it for him.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{
    death::release,
    open::{Actor, Open},
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, NoClaim, Refusal, Status, Step, clawback::Clawback, letters::News,
        public_notice::NoticeState, separation::Part, store,
    },
    authority::Worker,
    ids::CaseId,
};

/// A worker writes it down. The same again changes nothing. Of what was paid ahead nothing is undone: there only the rest is given up, and the
/// case is done. What is in a batch is the bank's first.
pub async fn give_up(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    if open.case.status == Status::Withdrawn {
        return Ok(open.case);
    }
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let step = open.case.giving_up()?;
    let rest = step == Step::GiveUpRest;
    if store::clawback::of_case(&tx, case).await?.iter().any(Clawback::is_open) {
        return Err(Refusal::Clawback(NoClaim::Unsettled).into());
    }
    if let Some(notice) = store::notice::of_case(&tx, case).await?
        && notice.state == NoticeState::Open
    {
        store::notice::take_down(&tx, notice, now).await?;
    }
    let released = release(&tx, &mut open, "given_up", now).await?;
    let what = (step, Happened::GivenUp { released, rest });
    let change = open.case.unapproved();
    open.step(&tx, Actor::of(worker), what, change, now).await?;
    open.tell(&tx, if rest { News::Confirmed } else { News::Withdrawn }, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.given_up", now).await?;
    tx.commit().await?;
    Ok(open.case)
}
