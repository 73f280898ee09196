//! 结转: the year whose budget bears a case is frozen before the case is paid. What is bound for it goes over into the next year that
//! is open, and stays bound.

use chrono::{DateTime, Utc};
use ledger::{Carried, Envelope, Fen, LedgerError};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{AidError, Happened, Refusal, entity, payment::Payment},
    ids::CaseId,
};

/// The pot of an approved case, to post to: when its year is frozen, what is not yet paid goes over first. Every command that moves
/// the case's money asks here.
pub(super) async fn pot(
    tx: &DatabaseTransaction,
    open: &mut Open,
    now: DateTime<Utc>,
) -> Result<Envelope, AidError> {
    let old = open.case.envelope().ok_or(AidError::NotFound)?;
    let new = ledger::open_from(tx, &old).await?;
    let amount = open.case.payable();
    let bucket = match open.case.status {
        status if status.in_batch() => Carried::Committed,
        status if status.holds_reserve() => Carried::Reserved,
        _ => return Ok(old),
    };
    if new == old || !amount.is_positive() {
        return Ok(old);
    }
    let (subject, key) = (open.case.subject(), format!("aid.carry/{}/{}", open.case.id, old.year));
    ledger::carry(tx, (&old, &new), bucket, amount, (&subject, &key), now).await?;
    moved(tx, open, (old.year, new.year, amount), now).await?;
    Ok(new)
}

/// The bank returns what was paid, to the pot that paid it: out of a frozen year the money goes straight into an open one. There it is reserved again
/// for the case. Where more is reserved for the case in a later year, it is reserved with that, or refused as long as that year has not so much.
pub(super) async fn returned(
    tx: &DatabaseTransaction,
    open: &mut Open,
    payment: &Payment,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let (amount, subject, id) = (payment.amount, open.case.subject(), payment.id);
    let here = pot(tx, open, now).await?;
    let old = Envelope { year: payment.budget_year.unwrap_or(here.year), ..here.clone() };
    let new = ledger::open_from(tx, &old).await?;
    let elsewhere = new != here && open.case.status.holds_reserve() && open.case.payable().is_positive();
    if elsewhere {
        reserve(tx, &here, amount, (&subject, &format!("aid.reserve/returned/{id}")), now).await?;
    }
    if new == old {
        ledger::give_back(tx, &old, amount, &subject, &format!("aid.give_back/{id}"), now).await?;
        ledger::uncommit(tx, &old, amount, &subject, &format!("aid.uncommit/{id}"), now).await?;
    } else {
        let key = format!("aid.bring_back/{id}");
        ledger::bring_back(tx, (&old, &new), amount, (&subject, &key), now).await?;
    }
    if elsewhere {
        let key = format!("aid.release/returned/{id}");
        ledger::release(tx, &new, amount, &subject, &key, now).await?;
    } else if new.year != here.year {
        moved(tx, open, (here.year, new.year, amount), now).await?;
    }
    Ok(())
}

/// Keeps money for a case, or says how much is missing.
pub(super) async fn reserve(
    tx: &DatabaseTransaction,
    pot: &Envelope,
    amount: Fen,
    (subject, key): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    match ledger::reserve(tx, pot, amount, subject, key, now).await {
        Ok(_) => Ok(()),
        Err(LedgerError::Insufficient { available, .. }) => {
            let missing = amount.checked_sub(available).unwrap_or(amount);
            Err(Refusal::BudgetShort { available, missing }.into())
        }
        Err(error) => Err(error.into()),
    }
}

async fn moved(
    tx: &DatabaseTransaction,
    open: &mut Open,
    (from, to, amount): (i32, i32, Fen),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let change = entity::ActiveModel { budget_year: Set(Some(to)), ..Default::default() };
    open.amend(tx, Actor::SYSTEM, Happened::CarriedOver { from, to, amount }, change, now).await
}

/// Carries one case out of a year; says how much. `None`: it is not bound to that year any more, or the year is not frozen.
pub(crate) async fn carry_over(
    db: &DatabaseConnection,
    cx: &Context,
    by: By<'_>,
    (case, year): (CaseId, i32),
    now: DateTime<Utc>,
) -> Result<Option<Fen>, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::lock(&tx, case).await?;
    if open.case.budget_year != Some(year) {
        return Ok(None);
    }
    let amount = open.case.payable();
    if pot(&tx, &mut open, now).await?.year == year {
        return Ok(None);
    }
    open.record(&tx, cx, by, "aid.carried_over", now).await?;
    tx.commit().await?;
    Ok(Some(amount))
}
