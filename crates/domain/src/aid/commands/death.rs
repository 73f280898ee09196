//! 终止: whoever has died is not paid (domain rule: "death between approval and payment: not paid; survivors are a new case").
//! What was reserved is free again in the same transaction. Nobody is told by a robot.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};

use super::{
    carry,
    controls::recount,
    open::{Actor, Open},
    supplement,
    withdraw::end_round,
};
use crate::{
    By, Context,
    aid::{
        AidError, CaseEvent, Happened, Status, Step,
        clawback::{Cause, ClawbackState},
        entity,
        payment::{Batch, BatchState, Payment, PaymentState},
        public_notice::NoticeState,
        store,
    },
    calendar::local_date,
    ids::{CaseId, ClawbackId, PaymentId, PersonId, RegionCode},
    person::Died,
};

/// Ends the live cases of the dead in a region; returns how many. For a job, and before a batch is made. What is with the
/// bank already is left to the bank's answer.
pub async fn end_cases_of_the_dead(
    db: &DatabaseConnection,
    cx: &Context,
    region: &RegionCode,
    now: DateTime<Utc>,
) -> Result<usize, AidError> {
    let mut ended = 0;
    for case in store::case::of_the_dead(db, region).await? {
        ended += usize::from(end_for_death(db, cx, case, now).await?);
    }
    Ok(ended)
}

/// Ends one case because its person has died. `false`: there is nothing to end, or its money is with the bank.
pub async fn end_for_death(
    db: &DatabaseConnection,
    cx: &Context,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let ended = end_for_death_in(&tx, cx, case, now).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends every case of a person, in the transaction that records the death.
pub(crate) async fn on_death(
    tx: &DatabaseTransaction,
    cx: &Context,
    died: &Died,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut cases = store::case::of_person(tx, died.person).await?;
    cases.retain(|case| !case.status.is_over());
    for case in cases {
        match end_for_death_in(tx, cx, case.id, now).await {
            Ok(_) => {}
            Err(AidError::Db(error)) => return Err(error),
            // A death is not written down while money of the dead might still go out.
            Err(error) => return Err(DbErr::Custom(error.to_string())),
        }
    }
    Ok(())
}

/// The payments that went out on a later day than the death, and were not sent back: somebody must ask for them.
pub(crate) async fn paid_after(tx: &impl ConnectionTrait, died: &Died) -> Result<Vec<PaymentId>, DbErr> {
    let mut late = Vec::new();
    for payment in store::payment::of_person(tx, died.person).await? {
        let with_bank = matches!(payment.state, PaymentState::Waiting | PaymentState::Paid);
        let batch = store::payment::find_batch(tx, payment.batch_id).await?;
        let sent = batch.and_then(|batch| batch.sent_at);
        if with_bank && sent.is_some_and(|at| local_date(at) > died.on) {
            late.push(payment.id);
        }
    }
    Ok(late)
}

/// What a death that turns out to be none has ended for good since it was recorded: cases, with the money that waited; and what was claimed
/// back because of it.
pub(crate) async fn left_by(
    tx: &impl ConnectionTrait,
    person: PersonId,
    since: DateTime<Utc>,
) -> Result<(Vec<CaseId>, Vec<ClawbackId>), DbErr> {
    let (mut cases, mut claims) = (Vec::new(), Vec::new());
    for case in store::case::of_person(tx, person).await? {
        if case.status == Status::Terminated {
            let log = store::case::log(tx, case.id).await?;
            let ended = |entry: &CaseEvent| matches!(entry.what, Happened::Terminated { .. });
            if log.iter().any(|entry| since <= entry.at && ended(entry)) {
                cases.push(case.id);
            }
        }
        let mut asked = store::clawback::of_case(tx, case.id).await?;
        asked.retain(|claim| claim.cause == Cause::Death && claim.state != ClawbackState::Refused);
        claims.extend(asked.iter().filter(|claim| since <= claim.proposed_at).map(|claim| claim.id));
    }
    Ok((cases, claims))
}

pub(super) async fn end_for_death_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    // The batch is locked before the case, as everywhere.
    let waiting = waiting_payment(tx, case).await?;
    let batch = match &waiting {
        Some(payment) => store::payment::locked(tx, payment.batch_id).await?,
        None => None,
    };
    let mut open = Open::lock(tx, case).await?;
    if open.case.status.is_over() || open.person(tx).await?.is_alive() {
        return Ok(false);
    }
    if open.case.status.in_batch() {
        let (Some(batch), Some(payment)) = (batch, waiting) else { return Ok(false) };
        if !matches!(batch.state, BatchState::Open | BatchState::Confirmed) {
            return Ok(false);
        }
        take_out(tx, cx, &mut open, (batch, payment), now).await?;
    }
    terminate(tx, &mut open, now).await?;
    open.record(tx, cx, By::SYSTEM, "aid.terminated", now).await?;
    Ok(true)
}

async fn waiting_payment(tx: &DatabaseTransaction, case: CaseId) -> Result<Option<Payment>, AidError> {
    let payments = store::payment::of_case(tx, case).await?;
    Ok(payments.into_iter().find(|payment| payment.state == PaymentState::Waiting))
}

/// The batch is another one from here on: it is counted again and must be confirmed again.
pub(super) async fn take_out(
    tx: &DatabaseTransaction,
    cx: &Context,
    open: &mut Open,
    (batch, payment): (Batch, Payment),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let what = Happened::TakenOutOfBatch { batch: batch.id, payment: payment.id };
    if open.case.envelope().is_some() {
        let pot = carry::pot(tx, open, now).await?;
        let key = format!("aid.uncommit/{}", payment.id);
        ledger::uncommit(tx, &pot, payment.amount, &open.case.subject(), &key, now).await?;
    }
    store::payment::save(tx, Payment { state: PaymentState::TakenOut, ..payment }).await?;
    let batch = Batch { state: BatchState::Open, confirmed_by: None, ..batch };
    recount(tx, cx, batch, now).await?;
    open.step(tx, Actor::SYSTEM, (Step::TakeOutOfBatch, what), entity::ActiveModel::default(), now).await
}

/// The case ends here: the round, the notice, the money.
pub(super) async fn terminate(
    tx: &DatabaseTransaction,
    open: &mut Open,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    end_round(tx, open, now).await?;
    supplement::close(tx, open.case.id, now).await?;
    if let Some(notice) = store::notice::of_case(tx, open.case.id).await?
        && matches!(notice.state, NoticeState::Open | NoticeState::Frozen)
    {
        store::notice::take_down(tx, notice, now).await?;
    }
    let released = release(tx, open, "death", now).await?;
    let what = (Step::Terminate, Happened::Terminated { released });
    let change = open.case.unapproved();
    open.step(tx, Actor::SYSTEM, what, change, now).await
}

/// Gives back what is reserved for a case and not yet paid.
pub(super) async fn release(
    tx: &DatabaseTransaction,
    open: &mut Open,
    why: &str,
    now: DateTime<Utc>,
) -> Result<Fen, AidError> {
    let amount = open.case.payable();
    if open.case.envelope().is_none() || !open.case.status.holds_reserve() || !amount.is_positive() {
        return Ok(Fen::ZERO);
    }
    let pot = carry::pot(tx, open, now).await?;
    // A case that was heard again may come to this twice.
    let key = format!("aid.release/{why}/{}/{}", open.case.id, open.case.version);
    ledger::release(tx, &pot, amount, &open.case.subject(), &key, now).await?;
    Ok(amount)
}
