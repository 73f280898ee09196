//! With the code: reading the answer, taking it back, saying that one is not content. Who it is that has the code is not asked. What is done
//! counts from the next day on, so that nobody finds out by the time of it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;

use super::{
    author::once,
    open::{Entry, Open},
};
use crate::{
    Context,
    grievance::{
        Act, Grievance, GrievanceError, Outcome, ReceiptCode, Refusal, Status, Step, What, step::words_cell,
        store, words,
    },
};

/// What whoever has the code reads.
#[derive(Debug)]
pub struct Receipt {
    /// The row.
    pub row: Grievance,
    /// What was answered, the last one last: on which day, with which result, in which words.
    pub answers: Vec<(NaiveDate, Outcome, SecretString)>,
    /// Why it takes longer, if it does.
    pub later: Option<SecretString>,
    /// What he did today counts from tomorrow on.
    pub held: Option<What>,
    /// May it be taken back?
    pub may_withdraw: bool,
    /// May he say that he is not content?
    pub may_reopen: bool,
}

/// Reads it. `None`: there is none with this code.
pub async fn read(
    db: &DatabaseConnection,
    cx: &Context,
    code: &ReceiptCode,
) -> Result<Option<Receipt>, GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let Some(found) = store::by_code(&tx, &cx.seal, code).await? else { return Ok(None) };
    if found.receipt.as_ref().is_some_and(|receipt| !cx.seal.is_newest_index(receipt)) {
        store::index_anew(&tx, found.id, code.blind(&cx.seal)).await?;
    }
    let open = Open::lock(&tx, found.id).await?;
    let mut answers = Vec::new();
    for step in open.steps.iter().filter(|step| step.what == What::Answered) {
        if let (Some(outcome), Some(words)) = (step.outcome, opened(cx, step)?) {
            answers.push((step.on_day, outcome, words));
        }
    }
    let later = open.steps.iter().rfind(|step| step.what == What::Extended);
    let later = match later {
        Some(step) => opened(cx, step)?,
        None => None,
    };
    let done = held(&open);
    // What came today is held itself; that may be taken back all the same.
    let may_withdraw = done.is_none() && open.row.status.after(Act::Withdraw).is_ok();
    let may_reopen = done.is_none() && once(&open).is_ok();
    tx.commit().await?;
    Ok(Some(Receipt { row: open.row, answers, later, held: done, may_withdraw, may_reopen }))
}

/// What was done with the code today.
fn held(open: &Open) -> Option<What> {
    let done = open.steps.iter().filter(|step| step.held && step.what != What::Received);
    done.map(|step| step.what).next()
}

fn opened(cx: &Context, step: &Step) -> Result<Option<SecretString>, GrievanceError> {
    let Some(words) = &step.words else { return Ok(None) };
    Ok(Some(cx.seal.open(words_cell(&step.id.to_string()), words)?))
}

/// 撤回.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    code: &ReceiptCode,
    now: DateTime<Utc>,
) -> Result<(), GrievanceError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = reached(&tx, cx, code).await?;
    open.row.status.after(Act::Withdraw)?;
    if open.row.status == Status::Dropped {
        // Nobody has seen it, and nobody will.
        open.take(Act::Withdraw)?;
    }
    open.note(&tx, cx, Entry { held: true, ..Entry::of(What::Withdrawn) }, now).await?;
    open.save(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// 不满意. Once.
pub async fn reopen(
    db: &DatabaseConnection,
    cx: &Context,
    code: &ReceiptCode,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), GrievanceError> {
    let why = words(why)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = reached(&tx, cx, code).await?;
    once(&open)?;
    open.note(&tx, cx, Entry { words: Some(why), held: true, ..Entry::of(What::Reopened) }, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn reached(tx: &DatabaseTransaction, cx: &Context, code: &ReceiptCode) -> Result<Open, GrievanceError> {
    let found = store::by_code(tx, &cx.seal, code).await?.ok_or(GrievanceError::NotFound)?;
    let open = Open::lock(tx, found.id).await?;
    if held(&open).is_some() { Err(Refusal::NotNow.into()) } else { Ok(open) }
}
