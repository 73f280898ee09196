//! 对账: what the bank did, line by line; and the account that is asked for again after a return.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::{
    account::checked,
    carry, death,
    open::{Actor, Open},
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, NoClaim, Refusal, Status, Step,
        amount::{after_payment, after_return},
        entity,
        letters::News,
        payment::{BankResult, Batch, BatchState, Payment, PaymentState, ReturnReason},
        separation::Part,
        store,
    },
    authority::{Payer, Worker},
    ids::{CaseId, PaymentId},
};

/// Writes down what the bank did with a payment. The same again changes nothing; a payment may come back after it was paid.
pub async fn payment_result(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (payment, result): (PaymentId, BankResult),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let payment = store::payment::find(&tx, payment).await?.ok_or(AidError::NotFound)?;
    let batch = store::payment::locked(&tx, payment.batch_id).await?.ok_or(AidError::NotFound)?;
    if !payer.covers(&batch.region) {
        return Err(AidError::NotFound);
    }
    let payment = store::payment::find(&tx, payment.id).await?.ok_or(AidError::NotFound)?;
    let mut open = Open::lock(&tx, payment.case_id).await?;
    let Some(action) = write_down(&tx, &mut open, payer, (&batch, payment, result), now).await? else {
        return Ok(open.case);
    };
    close_if_settled(&tx, batch, now).await?;
    open.record(&tx, cx, By::from(payer), action, now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// One payment, in the caller's transaction; says what it was. `None`: it is written down already. The batch and the case are locked, and
/// the audit row is the caller's.
pub(super) async fn write_down(
    tx: &DatabaseTransaction,
    open: &mut Open,
    payer: &Payer,
    (batch, payment, result): (&Batch, Payment, BankResult),
    now: DateTime<Utc>,
) -> Result<Option<&'static str>, AidError> {
    if already(&payment, result) {
        return Ok(None);
    }
    if !matches!(batch.state, BatchState::Sent | BatchState::Settled) {
        return Err(Refusal::BatchNotNow.into());
    }
    if payer.is(&batch.made_by) {
        return Err(Refusal::OwnBatch.into());
    }
    open.apart(tx, payer, Part::Reconciler, now).await?;
    Ok(Some(match (result, payment.state) {
        (BankResult::Paid, PaymentState::Waiting) => paid(tx, open, payer, payment, now).await?,
        (BankResult::Returned(reason), PaymentState::Waiting | PaymentState::Paid) => {
            returned(tx, open, payer, (payment, reason), now).await?
        }
        // Money that came back is paid again by another batch, never by the same line.
        (_, PaymentState::Paid | PaymentState::Returned | PaymentState::TakenOut) => {
            return Err(Refusal::BatchNotNow.into());
        }
    }))
}

/// The bank has said something about every line: the batch is done.
pub(super) async fn close_if_settled(
    tx: &DatabaseTransaction,
    batch: Batch,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    if batch.state == BatchState::Sent && store::payment::unsettled(tx, batch.id).await? == 0 {
        let settled =
            Batch { state: BatchState::Settled, version: batch.version + 1, updated_at: now, ..batch };
        store::payment::save_batch(tx, settled).await?;
    }
    Ok(())
}

fn already(payment: &Payment, result: BankResult) -> bool {
    match result {
        BankResult::Paid => payment.state == PaymentState::Paid,
        BankResult::Returned(_) => payment.state == PaymentState::Returned,
    }
}

async fn paid(
    tx: &DatabaseTransaction,
    open: &mut Open,
    payer: &Payer,
    payment: Payment,
    now: DateTime<Utc>,
) -> Result<&'static str, AidError> {
    open.case.status.after(Step::Pay)?;
    let (id, amount, subject) = (payment.id, payment.amount, open.case.subject());
    let pot = carry::pot(tx, open, now).await?;
    let total = sum(after_payment(open.case.approved, open.case.paid, amount))?;
    let change = entity::ActiveModel { paid: Set(total), ..Default::default() };
    open.step(tx, Actor::of(payer), (Step::Pay, Happened::Paid { payment: id, amount }), change, now).await?;
    let settled =
        Payment { state: PaymentState::Paid, settled_at: Some(now), budget_year: Some(pot.year), ..payment };
    store::payment::save(tx, settled).await?;
    let ahead = open.case.status == Status::PapersDue;
    let news = if ahead { News::PaidAhead { payment: id } } else { News::Paid { payment: id } };
    open.tell(tx, news, now).await?;
    ledger::pay(tx, &pot, amount, &subject, &format!("aid.pay/{id}"), now).await?;
    Ok("aid.paid")
}

/// The money goes back to being reserved for this case: what was approved is still approved. Of what the person has given back by hand, the bank
/// cannot send back the whole: somebody must ask it. What comes of what was written off is taken in there. For somebody who has died it is free at once.
async fn returned(
    tx: &DatabaseTransaction,
    open: &mut Open,
    payer: &Payer,
    (payment, reason): (Payment, ReturnReason),
    now: DateTime<Utc>,
) -> Result<&'static str, AidError> {
    if payment.state == PaymentState::Paid {
        let case = open.case.id;
        let (recovered, gone) =
            (store::clawback::given_back(tx, case).await?, store::clawback::gone(tx, case).await?);
        let rest = after_return(open.case.paid, payment.amount);
        if rest.is_none_or(|rest| rest < recovered) {
            return Err(Refusal::Clawback(NoClaim::PaidBack { recovered }).into());
        }
        if rest.is_none_or(|rest| rest < gone) {
            let written_off = store::clawback::written_off(tx, case).await?;
            return Err(Refusal::Clawback(NoClaim::WrittenOff { written_off }).into());
        }
    }
    let was_paid = payment.state == PaymentState::Paid;
    if was_paid && open.case.status.after(Step::ReturnHere).is_ok() {
        return returned_here(tx, open, payer, (payment, reason), now).await;
    }
    open.case.status.after(Step::Return)?;
    let (id, amount, subject) = (payment.id, payment.amount, open.case.subject());
    // What is still in the batch may have to go over.
    let pot = carry::pot(tx, open, now).await?;
    let total = if was_paid { sum(after_return(open.case.paid, amount))? } else { open.case.paid };
    let change = entity::ActiveModel { paid: Set(total), account_checked: Set(false), ..Default::default() };
    let what = (Step::Return, Happened::Returned { payment: id, amount, reason });
    if was_paid {
        carry::returned(tx, open, &payment, now).await?;
    } else {
        ledger::uncommit(tx, &pot, amount, &subject, &format!("aid.uncommit/{id}"), now).await?;
    }
    open.step(tx, Actor::of(payer), what, change, now).await?;
    sent_back(tx, open, (payment, reason), now).await?;
    if !open.person(tx).await?.is_alive() {
        death::terminate(tx, open, now).await?;
    }
    Ok("aid.returned")
}

/// What was paid ahead comes back when the case is on the ordinary way already, or what was paid when nobody is paid any more: the case stands where
/// it is. Until it is approved (again) the money is free; what is approved is paid at the end of that way.
async fn returned_here(
    tx: &DatabaseTransaction,
    open: &mut Open,
    payer: &Payer,
    (payment, reason): (Payment, ReturnReason),
    now: DateTime<Utc>,
) -> Result<&'static str, AidError> {
    let (id, amount) = (payment.id, payment.amount);
    let paid = sum(after_return(open.case.paid, amount))?;
    carry::returned(tx, open, &payment, now).await?;
    let stands = if open.case.status.holds_reserve() {
        entity::ActiveModel::default()
    } else {
        let pot = open.case.envelope().ok_or(AidError::NotFound)?;
        let key = format!("aid.release/returned/{id}");
        ledger::release(tx, &pot, amount, &open.case.subject(), &key, now).await?;
        Case { paid, ..open.case.clone() }.unapproved()
    };
    let change = entity::ActiveModel { paid: Set(paid), account_checked: Set(false), ..stands };
    let what = (Step::ReturnHere, Happened::Returned { payment: id, amount, reason });
    open.step(tx, Actor::of(payer), what, change, now).await?;
    sent_back(tx, open, (payment, reason), now).await?;
    Ok("aid.returned")
}

async fn sent_back(
    tx: &DatabaseTransaction,
    open: &Open,
    (payment, reason): (Payment, ReturnReason),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let id = payment.id;
    let back =
        Payment { state: PaymentState::Returned, reason: Some(reason), settled_at: Some(now), ..payment };
    store::payment::save(tx, back).await?;
    open.tell(tx, News::Returned { payment: id }, now).await
}

fn sum(total: Option<Fen>) -> Result<Fen, AidError> {
    total.ok_or(AidError::Ledger(ledger::LedgerError::NotAnAmount))
}

/// A worker has asked for the account, and the one on file is right: the case may be paid (again).
pub async fn account_checked(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::AccountChecker, now).await?;
    checked(&tx, &mut open, Actor::of(worker), now).await?;
    open.record(&tx, cx, By::from(worker), "aid.account_checked", now).await?;
    tx.commit().await?;
    Ok(open.case)
}
