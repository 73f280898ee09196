//! A batch's lines, opened, and its control sums.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::ExposeSecret;

use crate::{
    Context,
    aid::{
        AidError,
        payment::{
            Batch, Controls, Line, Payment, PaymentState, controls, layout::Layout, row::account_cell,
        },
        store,
    },
};

/// One line as it goes to the bank.
pub(super) async fn line(
    tx: &DatabaseTransaction,
    cx: &Context,
    payment: &Payment,
) -> Result<Line, AidError> {
    let case = store::case::find(tx, payment.case_id).await?.ok_or(AidError::NotFound)?;
    let account = cx.seal.open(account_cell(&payment.id.to_string()), &payment.account)?;
    Ok(Line {
        number: payment.line,
        case: case.number,
        payee: payment.payee.clone(),
        account: account.expose_secret().to_owned(),
        bank: payment.bank.clone(),
        amount: payment.amount,
    })
}

/// The lines that go to the bank.
pub(super) async fn lines(
    tx: &DatabaseTransaction,
    cx: &Context,
    payments: &[Payment],
) -> Result<Vec<Line>, AidError> {
    let mut lines = Vec::with_capacity(payments.len());
    for payment in payments.iter().filter(|payment| payment.state != PaymentState::TakenOut) {
        lines.push(line(tx, cx, payment).await?);
    }
    Ok(lines)
}

/// In which layout a batch goes to the bank.
pub(super) async fn layout(tx: &DatabaseTransaction, batch: &Batch) -> Result<Layout, AidError> {
    store::bank::layout(tx, batch.layout_id).await?.ok_or(AidError::NotFound)
}

/// What a batch is now.
pub(super) async fn counted(
    tx: &DatabaseTransaction,
    cx: &Context,
    (batch, payments): (&Batch, &[Payment]),
) -> Result<Controls, AidError> {
    let lines = lines(tx, cx, payments).await?;
    Ok(controls(&layout(tx, batch).await?, batch.paper(), &lines))
}

/// Counts a batch again and writes it.
pub(super) async fn recount(
    tx: &DatabaseTransaction,
    cx: &Context,
    batch: Batch,
    now: DateTime<Utc>,
) -> Result<Batch, AidError> {
    let payments = store::payment::of_batch(tx, batch.id).await?;
    let held = counted(tx, cx, (&batch, &payments)).await?;
    let batch = Batch {
        count: held.count,
        total: held.total,
        sha256: held.sha256,
        version: batch.version + 1,
        updated_at: now,
        ..batch
    };
    store::payment::save_batch(tx, batch.clone()).await?;
    Ok(batch)
}
