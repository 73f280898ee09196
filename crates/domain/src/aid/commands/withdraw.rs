//! 撤回: the applicant takes the request back, until it is approved.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::{
    open::{Actor, Open},
    supplement,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, RoundState, Status, Step, approval as row, entity,
        letters::{Letter, News},
        store,
    },
    authority::Myself,
    ids::CaseId,
    letters,
};

/// Withdraws. A second tap changes nothing. After the first approval it is refused with the status: then the worker is called.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::lock(&tx, case).await?;
    if !open.case.is_applicant(myself.account()) && open.case.person_id != myself.person() {
        return Err(AidError::NotFound);
    }
    if open.case.status == Status::Withdrawn {
        return Ok(open.case);
    }
    if !open.case.may_withdraw() {
        return Err(Refusal::NotNow { status: open.case.status, step: Step::Withdraw }.into());
    }
    let what = (Step::Withdraw, Happened::Withdrawn);
    open.step(&tx, Actor::myself(myself), what, entity::ActiveModel::default(), now).await?;
    end_round(&tx, &open, now).await?;
    supplement::close(&tx, case, now).await?;
    open.tell(&tx, News::Withdrawn, now).await?;
    open.record(&tx, cx, By::from(myself), "aid.withdrawn", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Ends the open round of a case, if there is one, and asks the platform to take its instance back. While the instance is
/// being created, whoever creates it asks ([`super::approval::approval_created`]).
pub(super) async fn end_round(
    tx: &DatabaseTransaction,
    open: &Open,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let case = open.case.id;
    let rounds = store::approval::of_case(tx, case).await?;
    let Some(round) = rounds.into_iter().find(|round| round.state.is_open()) else { return Ok(()) };
    let change = row::ActiveModel { state: Set(RoundState::Withdrawn), ..Default::default() };
    store::approval::update(tx, &round, change).await?;
    if round.instance_id.is_some() {
        open.ask(tx, Letter::ApprovalTerminate { case, round: round.round }, now).await?;
    } else {
        let create = letters::Letter::Aid(Letter::ApprovalCreate { case, round: round.round });
        mailbox::outbox::withdraw(tx, &create.key()).await?;
    }
    Ok(())
}
