//! 在世核对: on the morning on which a batch goes to the bank it is looked at who of it has died, and who has another account, since. Whoever
//! is found is taken out in the same transaction, and the check is a row with a list.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    death::{end_for_death_in, take_out},
    open::Open,
    paid_to::{PaidTo, paid_to},
};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Refusal,
        payment::{Batch, BatchState, DayCheck, DayFinding, NotPaid, Payment, PaymentState},
        store,
    },
    authority::Payer,
    calendar::local_date,
    ids::{BatchId, DayCheckId},
    person::{self, change},
};

/// A check, and what it found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The check.
    pub check: DayCheck,
    /// Who was taken out since the check before: by it, or when the death was written down.
    pub findings: Vec<DayFinding>,
}

/// Runs the day's check of a batch that is not with the bank yet. Somebody who is taken out leaves a batch that must be confirmed again.
pub async fn check_day(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    batch: BatchId,
    now: DateTime<Utc>,
) -> Result<Checked, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::payment::locked(&tx, batch).await?.ok_or(AidError::NotFound)?;
    if !payer.covers(&found.region) {
        return Err(AidError::NotFound);
    }
    if !matches!(found.state, BatchState::Open | BatchState::Confirmed) {
        return Err(Refusal::BatchNotNow.into());
    }
    for case in store::payment::dead_in(&tx, batch).await? {
        end_for_death_in(&tx, cx, case, now).await?;
    }
    for payment in changed_in(&tx, batch, now).await? {
        let batch = store::payment::find_batch(&tx, batch).await?.ok_or(AidError::NotFound)?;
        let mut open = Open::lock(&tx, payment.case_id).await?;
        take_out(&tx, cx, &mut open, (batch, payment), now).await?;
        open.record(&tx, cx, By::SYSTEM, "aid.taken_out_of_batch", now).await?;
    }
    let batch = store::payment::find_batch(&tx, batch).await?.ok_or(AidError::NotFound)?;
    let checked = note(&tx, payer, &batch, now).await?;
    let act = Act {
        by: By::from(payer),
        action: "aid.batch_checked",
        subject: batch.subject(),
        detail: json!({ "check": checked.check.id, "found": checked.findings.len() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(checked)
}

/// Writes down that a batch was looked at, with whoever has left it since the check before.
pub(super) async fn note(
    tx: &DatabaseTransaction,
    payer: &Payer,
    batch: &Batch,
    now: DateTime<Utc>,
) -> Result<Checked, AidError> {
    let check = DayCheck {
        id: DayCheckId::new(now),
        batch_id: batch.id,
        on_day: local_date(now),
        remaining: batch.count,
        checked_by: payer.account().clone(),
        checked_at: now,
    };
    let known = store::day_check::found(tx, batch.id).await?;
    let mut findings = Vec::new();
    for payment in store::payment::of_batch(tx, batch.id).await? {
        if payment.state != PaymentState::TakenOut || known.contains(&payment.id) {
            continue;
        }
        let person = person::store::find(tx, payment.person_id).await?.ok_or(AidError::NotFound)?;
        let why = if person.is_alive() { NotPaid::AccountChanged } else { NotPaid::Died };
        findings.push(DayFinding { check_id: check.id, payment_id: payment.id, why });
    }
    store::day_check::insert(tx, check.clone(), &findings).await?;
    Ok(Checked { check, findings })
}

/// Is there anybody in a batch who may not be paid as it stands?
pub(super) async fn due(
    db: &impl ConnectionTrait,
    batch: BatchId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let dead = store::payment::dead_in(db, batch).await?;
    Ok(!dead.is_empty() || !changed_in(db, batch, now).await?.is_empty())
}

/// The waiting lines of a batch that would go to another account if it were made now: the person has another one since, or somebody
/// receives for the person, or does no more.
async fn changed_in(
    db: &impl ConnectionTrait,
    batch: BatchId,
    now: DateTime<Utc>,
) -> Result<Vec<Payment>, DbErr> {
    let Some(made) = store::payment::find_batch(db, batch).await? else { return Ok(Vec::new()) };
    let mut changed = Vec::new();
    for payment in store::payment::of_batch(db, batch).await? {
        if payment.state != PaymentState::Waiting {
            continue;
        }
        let Some(case) = store::case::find(db, payment.case_id).await? else { continue };
        let same = match paid_to(db, &case, now).await? {
            PaidTo::Payee(payee) => payment.payee_id == Some(payee.id),
            PaidTo::Person if payment.payee_id.is_none() => {
                let since = made.created_at;
                change::store::account_changed_since(db, payment.person_id, since).await?.is_none()
            }
            _ => false,
        };
        if !same {
            changed.push(payment);
        }
    }
    Ok(changed)
}
