//! 复核、送银行: a second person looks at the batch as it is, and only then does it leave the house.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{
    batch::record,
    controls::{self, counted, lines},
    day_check::{self, due},
    open::{Actor, Open},
};
use crate::{
    By, Context,
    aid::{
        AidError, Happened, Refusal,
        excused::Excused,
        payment::{Batch, BatchState, Payment, PaymentState, layout::write},
        separation::{Part, Rule},
        store,
    },
    authority::Payer,
    calendar::local_date,
    ids::BatchId,
};

/// Confirms a batch as its second person saw it (`version`). The day's check runs first; then the lines are read and counted again: they
/// are what was seen.
pub async fn confirm_batch(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (batch, version): (BatchId, i64),
    now: DateTime<Utc>,
) -> Result<Batch, AidError> {
    clear(db, cx, payer, batch, now).await?;
    let tx = mailbox::transaction::write(db).await?;
    let batch = reached(&tx, payer, batch, (BatchState::Open, version)).await?;
    if payer.is(&batch.made_by) {
        return Err(Refusal::OwnBatch.into());
    }
    day_check::note(&tx, payer, &batch, now).await?;
    let payments = as_counted(&tx, cx, &batch, now).await?;
    let mut opens = Vec::with_capacity(payments.len());
    for payment in &payments {
        let mut open = Open::lock(&tx, payment.case_id).await?;
        open.apart(&tx, payer, Part::Confirmer, now).await?;
        open.note(&tx, Actor::of(payer), Happened::BatchConfirmed { batch: batch.id }, now).await?;
        opens.push(open);
    }
    let batch = Batch {
        state: BatchState::Confirmed,
        confirmed_by: Some(payer.account().clone()),
        version: batch.version + 1,
        updated_at: now,
        ..batch
    };
    store::payment::save_batch(&tx, batch.clone()).await?;
    for open in &opens {
        open.record(&tx, cx, By::from(payer), "aid.batch_confirmed", now).await?;
    }
    record(&tx, cx, payer, "aid.batch_confirmed", &batch, now).await?;
    tx.commit().await?;
    Ok(batch)
}

/// Writes down that the file has gone to the bank, on a day on which it was checked who lives. From here on the bank's answer decides.
pub async fn mark_sent(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (batch, version): (BatchId, i64),
    now: DateTime<Utc>,
) -> Result<Batch, AidError> {
    clear(db, cx, payer, batch, now).await?;
    let tx = mailbox::transaction::write(db).await?;
    let batch = reached(&tx, payer, batch, (BatchState::Confirmed, version)).await?;
    if !store::day_check::was_on(&tx, batch.id, local_date(now)).await? {
        return Err(Refusal::NotCheckedToday.into());
    }
    let part = if payer.is(&batch.made_by) { Part::Payer } else { Part::Confirmer };
    let mut opens = Vec::new();
    for payment in as_counted(&tx, cx, &batch, now).await? {
        let mut open = Open::lock(&tx, payment.case_id).await?;
        open.apart(&tx, payer, part, now).await?;
        open.note(&tx, Actor::of(payer), Happened::BatchSent { batch: batch.id }, now).await?;
        opens.push(open);
    }
    let batch = Batch {
        state: BatchState::Sent,
        sent_at: Some(now),
        version: batch.version + 1,
        updated_at: now,
        ..batch
    };
    store::payment::save_batch(&tx, batch.clone()).await?;
    for open in &opens {
        open.record(&tx, cx, By::from(payer), "aid.batch_sent", now).await?;
    }
    record(&tx, cx, payer, "aid.batch_sent", &batch, now).await?;
    tx.commit().await?;
    Ok(batch)
}

/// What goes to the bank.
#[derive(Clone)]
pub struct BankFile {
    /// Its bytes: those of the batch's hash.
    pub bytes: Vec<u8>,
    /// How its name ends.
    pub extension: String,
}

/// The file for the bank, of a confirmed batch. It names people and accounts: it leaves an audit row.
pub async fn bank_file(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    batch: BatchId,
    now: DateTime<Utc>,
) -> Result<BankFile, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let batch = store::payment::locked(&tx, batch).await?.ok_or(AidError::NotFound)?;
    if !payer.covers(&batch.region) {
        return Err(AidError::NotFound);
    }
    if !matches!(batch.state, BatchState::Confirmed | BatchState::Sent) {
        return Err(Refusal::BatchNotNow.into());
    }
    let payments = store::payment::of_batch(&tx, batch.id).await?;
    let excused = Excused::of(&tx, payer.account(), now).await?;
    if !excused.among(&tx, payments.iter().map(|payment| payment.case_id)).await?.is_empty() {
        return Err(Refusal::Separation(Rule { did: Part::Relative, wants: Part::Payer }).into());
    }
    if counted(&tx, cx, (&batch, &payments)).await?.sha256 != batch.sha256 {
        return Err(Refusal::BatchChanged.into());
    }
    let (lines, layout) = (lines(&tx, cx, &payments).await?, controls::layout(&tx, &batch).await?);
    let bytes = write(&layout, batch.paper(), &lines);
    record(&tx, cx, payer, "aid.batch_exported", &batch, now).await?;
    tx.commit().await?;
    Ok(BankFile { bytes, extension: layout.extension })
}

/// Takes out whoever has died, and whoever has another account. If there was somebody, the batch is another one, and must be looked at
/// again.
async fn clear(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    batch: BatchId,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    if due(db, batch, now).await?
        && !day_check::check_day(db, cx, payer, batch, now).await?.findings.is_empty()
    {
        return Err(Refusal::BatchChanged.into());
    }
    Ok(())
}

async fn reached(
    tx: &DatabaseTransaction,
    payer: &Payer,
    id: BatchId,
    (state, version): (BatchState, i64),
) -> Result<Batch, AidError> {
    let batch = store::payment::locked(tx, id).await?.ok_or(AidError::NotFound)?;
    if !payer.covers(&batch.region) {
        return Err(AidError::NotFound);
    }
    if batch.state != state {
        return Err(Refusal::BatchNotNow.into());
    }
    if batch.version != version {
        return Err(Refusal::Stale.into());
    }
    Ok(batch)
}

/// The lines that will be paid, if they are still what was counted, and there are any, and everybody lives and has that account.
async fn as_counted(
    tx: &DatabaseTransaction,
    cx: &Context,
    batch: &Batch,
    now: DateTime<Utc>,
) -> Result<Vec<Payment>, AidError> {
    let mut payments = store::payment::of_batch(tx, batch.id).await?;
    let held = counted(tx, cx, (batch, &payments)).await?;
    let same = (held.count, held.total) == (batch.count, batch.total) && held.sha256 == batch.sha256;
    if !same || due(tx, batch.id, now).await? {
        return Err(Refusal::BatchChanged.into());
    }
    payments.retain(|payment| payment.state == PaymentState::Waiting);
    if payments.is_empty() { Err(Refusal::NothingToPay.into()) } else { Ok(payments) }
}
