//! 银行回单: the bank's file is read and judged, looked at, and accepted. One file is one answer, however often it is sent in; what it says
//! is written down in one transaction, and what cannot be matched is left to people.

use chrono::{DateTime, Utc};
use ring::digest::{SHA256, digest};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::{
    controls::{self, line},
    open::Open,
    settle::{close_if_settled, write_down},
};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Refusal,
        payment::{
            BankResult, Batch, BatchState, Payment, ReturnReason,
            answer::{AnswerLine, AnswerState, BankAnswer, Became, Found, Known, judge},
            layout::read,
        },
        store,
    },
    authority::Payer,
    ids::{BankAnswerId, BatchId},
};

/// A file that was sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It was judged.
    New(BankAnswerId),
    /// It was judged before.
    Known(BankAnswerId),
}

/// Reads and judges a file. Nothing is written to any payment.
pub async fn read_answer(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (batch, bytes): (BatchId, &[u8]),
    now: DateTime<Utc>,
) -> Result<Received, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let batch = reached(&tx, payer, batch).await?;
    let sha256 = hex::encode(digest(&SHA256, bytes));
    let before = store::bank::answers(&tx, batch.id).await?;
    if let Some(known) = before.iter().find(|known| known.sha256 == sha256) {
        return Ok(Received::Known(known.id));
    }
    let layout = controls::layout(&tx, &batch).await?;
    let lines = read(&layout, &batch.number, bytes).map_err(Refusal::BankFile)?;
    let mut known = Vec::new();
    for payment in store::payment::of_batch(&tx, batch.id).await? {
        let line = line(&tx, cx, &payment).await?;
        known.push(Known { payment: payment.id, line, state: payment.state });
    }
    let (judged, silent) = judge(&lines, &known, layout.separator);
    let id = BankAnswerId::new(now);
    let rows = judged.into_iter().map(|line| AnswerLine {
        answer_id: id,
        line: i32::try_from(line.at).unwrap_or(i32::MAX),
        payment_id: line.payment,
        found: line.found,
        reason: line.reason,
        said: line.said.map(|(word, _)| word),
        said_amount: line.said.map(|(_, amount)| amount),
        became: None,
    });
    let answer = BankAnswer {
        id,
        batch_id: batch.id,
        sha256,
        state: AnswerState::Read,
        silent: i32::try_from(silent).unwrap_or(i32::MAX),
        read_by: payer.account().clone(),
        read_at: now,
        accepted_by: None,
        accepted_at: None,
    };
    store::bank::insert_answer(&tx, answer, rows.collect()).await?;
    record(&tx, cx, payer, ("aid.bank_answer_read", &batch, id), now).await?;
    tx.commit().await?;
    Ok(Received::New(id))
}

/// Writes down what an answer says. Again, by whoever need not stand aside, it goes on with what was left; else it changes nothing. A return of
/// what the person has given back by hand is left as well: the two cannot both be so.
pub async fn accept_answer(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    answer: BankAnswerId,
    now: DateTime<Utc>,
) -> Result<BankAnswer, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::bank::answer(&tx, answer).await?.ok_or(AidError::NotFound)?;
    let batch = reached(&tx, payer, found.batch_id).await?;
    // The batch is locked from here on, and with it its answers.
    let answer = store::bank::answer(&tx, answer).await?.ok_or(AidError::NotFound)?;
    let mut lines = store::bank::answer_lines(&tx, answer.id).await?;
    lines.retain(|line| line.found.acts() && matches!(line.became, None | Some(Became::Barred)));
    if answer.state == AnswerState::Accepted && lines.is_empty() {
        return Ok(answer);
    }
    let mut done = Vec::new();
    for (mut open, payment, line) in opened(&tx, lines).await? {
        let result = match line.found {
            Found::Returned => BankResult::Returned(line.reason.unwrap_or(ReturnReason::Other)),
            _ => BankResult::Paid,
        };
        let written = write_down(&tx, &mut open, payer, (&batch, payment, result), now).await;
        let became = match written {
            Ok(Some(action)) => {
                done.push((open, action));
                Became::Written
            }
            Err(AidError::Refused(Refusal::Separation(_))) => Became::Barred,
            // Somebody wrote it down, or the contrary, since the file was judged.
            Ok(None) | Err(AidError::Refused(Refusal::BatchNotNow)) => Became::Already,
            // It stays for whoever has asked the bank, or has found the money. Nothing of such a line has been written.
            Err(AidError::Refused(
                Refusal::Clawback(_) | Refusal::NotNow { .. } | Refusal::BudgetShort { .. },
            )) => continue,
            Err(error) => return Err(error),
        };
        store::bank::save_answer_line(&tx, AnswerLine { became: Some(became), ..line }).await?;
    }
    let answer = BankAnswer {
        state: AnswerState::Accepted,
        accepted_by: Some(payer.account().clone()),
        accepted_at: Some(now),
        ..answer
    };
    store::bank::save_answer(&tx, answer.clone()).await?;
    close_if_settled(&tx, batch.clone(), now).await?;
    for (open, action) in &done {
        open.record(&tx, cx, By::from(payer), action, now).await?;
    }
    record(&tx, cx, payer, ("aid.bank_answer_accepted", &batch, answer.id), now).await?;
    tx.commit().await?;
    Ok(answer)
}

/// The cases are locked in the order of their ids, and come in that of their envelopes: two answers at once do not wait for each other.
async fn opened(
    tx: &DatabaseTransaction,
    lines: Vec<AnswerLine>,
) -> Result<Vec<(Open, Payment, AnswerLine)>, AidError> {
    let mut payments = Vec::with_capacity(lines.len());
    for line in lines {
        let id = line.payment_id.ok_or(AidError::NotFound)?;
        payments.push((store::payment::find(tx, id).await?.ok_or(AidError::NotFound)?, line));
    }
    payments.sort_by_key(|(payment, _)| payment.case_id);
    let mut opened = Vec::with_capacity(payments.len());
    for (payment, line) in payments {
        opened.push((Open::lock(tx, payment.case_id).await?, payment, line));
    }
    opened.sort_by_key(|(open, _, _)| (open.case.envelope(), open.case.id));
    Ok(opened)
}

/// A batch that is with the bank, locked; whoever made it takes no answer to it.
async fn reached(tx: &DatabaseTransaction, payer: &Payer, id: BatchId) -> Result<Batch, AidError> {
    let batch = store::payment::locked(tx, id).await?.ok_or(AidError::NotFound)?;
    if !payer.covers(&batch.region) {
        return Err(AidError::NotFound);
    }
    if payer.is(&batch.made_by) {
        return Err(Refusal::OwnBatch.into());
    }
    if !matches!(batch.state, BatchState::Sent | BatchState::Settled) {
        return Err(Refusal::BatchNotNow.into());
    }
    Ok(batch)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    payer: &Payer,
    (action, batch, answer): (&'static str, &Batch, BankAnswerId),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let detail = json!({ "answer": answer });
    Ok(cx.record(tx, Act { by: By::from(payer), action, subject: batch.subject(), detail }, now).await?)
}
