//! 回执确认: the money is there, or it is not; said by the person with one tap, or on the telephone.

use chrono::{DateTime, Utc};
use mailbox::transaction::Transaction;
use sea_orm::DatabaseConnection;

use super::open::{Actor, Open};
use crate::{
    Context,
    aid::{
        AidError, Case, Happened, Status, Step, entity, payment::PaymentState, receipt::Model as Receipt,
        separation::Part, store,
    },
    authority::{Myself, Worker},
    ids::{AccountId, CaseId, ReceiptId},
};

/// The person, or whoever asked for him, says so. The same again changes nothing.
pub async fn say(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (case, received): (CaseId, bool),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::lock(&tx, case).await?;
    if !open.case.is_applicant(myself.account()) && open.case.person_id != myself.person() {
        return Err(AidError::NotFound);
    }
    write(tx, cx, open, (Actor::myself(myself), myself.account(), false, received), now).await
}

/// He called, or was called: a worker writes down what he says.
pub async fn say_for(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, received): (CaseId, bool),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    write(tx, cx, open, (Actor::of(worker), worker.account(), true, received), now).await
}

async fn write(
    tx: Transaction,
    cx: &Context,
    mut open: Open,
    (actor, account, by_hand, received): (Actor<'_>, &AccountId, bool, bool),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let said = if received { Status::Received } else { Status::Unreceived };
    if open.case.status == said {
        return Ok(open.case);
    }
    let case = open.case.id;
    let step = if received { Step::ConfirmReceipt } else { Step::DenyReceipt };
    open.case.status.after(step)?;
    let payments = store::payment::of_case(&tx, case).await?;
    let paid = payments.into_iter().rfind(|payment| payment.state == PaymentState::Paid);
    let payment = paid.ok_or(AidError::NotFound)?.id;
    let what = Happened::ReceiptSaid { payment, received, by_hand };
    open.step(&tx, actor, (step, what), entity::ActiveModel::default(), now).await?;
    let row = Receipt {
        id: ReceiptId::new(now),
        case_id: case,
        payment_id: payment,
        received,
        by_hand,
        said_by: account.clone(),
        said_at: now,
    };
    store::after::insert_receipt(&tx, row).await?;
    let action = if received { "aid.receipt_confirmed" } else { "aid.receipt_denied" };
    open.record(&tx, cx, actor.by, action, now).await?;
    tx.commit().await?;
    Ok(open.case)
}
