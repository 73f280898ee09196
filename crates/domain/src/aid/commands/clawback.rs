//! 追回: one proposes, another decides, a third writes down each part that comes; the ledger takes it out of what was paid, or out of what
//! had been written off.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::{Bucket, Envelope, Fen};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use secrecy::SecretString;

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, NoClaim, Refusal, Status, Step,
        clawback::{
            Cause, Clawback, ClawbackState, Instalment, after_instalment, after_loss, claimable, why_cell,
            with_the_person,
        },
        entity,
        letters::News,
        separation::Part,
        store,
        supplement::words,
    },
    authority::{Approver, Held, Payer, Proof, Role, Worker},
    calendar::local_date,
    ids::{CaseId, ClawbackId, InstalmentId},
};

/// A claim to be.
#[derive(Clone, Debug)]
pub struct NewClawback {
    /// Given by the form, so that a form that is sent twice is one claim.
    pub id: ClawbackId,
    /// Why.
    pub cause: Cause,
    /// How much.
    pub amount: Fen,
    /// What happened.
    pub why: String,
}

/// Proposes one. Of a case whose way is over and of which nobody may appeal any more, one at a time, and not more than was paid and has not come back.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, new): (CaseId, NewClawback),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let why = words(&new.why)?;
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    let known = store::clawback::of_case(&tx, case).await?;
    if known.iter().any(|known| known.id == new.id) {
        return Ok(open.case);
    }
    if known.iter().any(Clawback::is_open) {
        return Err(Refusal::Clawback(NoClaim::Open).into());
    }
    open.apart(&tx, worker, Part::Claimer, now).await?;
    holds(&tx, &open, new.cause).await?;
    if open.case.status == Status::Refused {
        let rulings = store::paper::rulings(&tx, case).await?;
        let until = rulings.last().and_then(|ruling| ruling.appeal_until);
        if let Some(until) = until.filter(|until| local_date(now) <= *until) {
            return Err(Refusal::Clawback(NoClaim::Appeal { until }).into());
        }
    }
    // What was written off is asked for no more, by no other claim either.
    let gone: Fen = known.iter().flat_map(|known| [known.recovered, known.written_off]).sum();
    if claimable(open.case.paid, gone, new.amount).is_none() {
        let most = with_the_person(open.case.paid, gone);
        return Err(Refusal::Clawback(NoClaim::Amount { most }).into());
    }
    let what = Happened::ClaimProposed { clawback: new.id, amount: new.amount };
    let step = (Step::ClaimBack, what);
    open.step(&tx, Actor::of(worker), step, entity::ActiveModel::default(), now).await?;
    let row = Clawback {
        id: new.id,
        case_id: case,
        state: ClawbackState::Proposed,
        cause: new.cause,
        amount: new.amount,
        recovered: Fen::ZERO,
        written_off: Fen::ZERO,
        why: cx.seal.seal(why_cell(&new.id.to_string()), why)?,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    store::clawback::insert(&tx, row).await?;
    open.record(&tx, cx, By::from(worker), "aid.claim_proposed", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Is there what the cause says? What an audit found is the audit's word.
async fn holds(tx: &DatabaseTransaction, open: &Open, cause: Cause) -> Result<(), AidError> {
    let so = match cause {
        Cause::Death => !open.person(tx).await?.is_alive(),
        Cause::FollowUp => {
            let all = store::after::follow_ups(tx, open.case.id).await?;
            all.iter().any(|row| row.differs == Some(true))
        }
        Cause::Audit => true,
        Cause::Emergency => matches!(open.case.status, Status::Refused | Status::Final),
    };
    if so { Ok(()) } else { Err(Refusal::Clawback(NoClaim::Cause).into()) }
}

/// Another one decides, who had no part in the case but perhaps its approval. The person is told; of the dead, a worker tells the family. What was
/// agreed to may be given up when the bank has sent the money back, or nobody has died: then there is nothing to give back.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    approver: &Approver,
    (id, agree): (ClawbackId, bool),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let (mut open, row) = locked(&tx, approver, id).await?;
    let none = no_death(&tx, &open, &row).await?;
    if agree && none {
        return Err(Refusal::Clawback(NoClaim::Cause).into());
    }
    let for_nothing = none || nothing_is_left(&tx, &open.case).await?;
    let given_up = !agree && row.state == ClawbackState::Agreed && for_nothing;
    if row.state != ClawbackState::Proposed && !given_up {
        return Err(Refusal::Stale.into());
    }
    open.apart(&tx, approver, Part::ClaimJudge, now).await?;
    let (state, action) = if agree {
        (ClawbackState::Agreed, "aid.claim_agreed")
    } else {
        (ClawbackState::Refused, "aid.claim_refused")
    };
    let what = Happened::ClaimDecided { clawback: id, agreed: agree };
    open.note(&tx, Actor::of(approver), what, now).await?;
    let row = Clawback { state, decided_by: Some(approver.account().clone()), decided_at: Some(now), ..row };
    store::clawback::save(&tx, row).await?;
    if agree {
        open.tell(&tx, News::AskedBack { clawback: id }, now).await?;
    }
    open.record(&tx, cx, By::from(approver), action, now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Was a death the reason, and turned out to be none?
pub(super) async fn no_death(
    tx: &DatabaseTransaction,
    open: &Open,
    row: &Clawback,
) -> Result<bool, AidError> {
    Ok(row.cause == Cause::Death && open.person(tx).await?.is_alive())
}

/// Is none of the money with the person any more?
pub async fn nothing_is_left(db: &impl ConnectionTrait, case: &Case) -> Result<bool, DbErr> {
    Ok(left(db, case).await? == Fen::ZERO)
}

/// What of the money is still with the person, and not written off.
pub(super) async fn left(db: &impl ConnectionTrait, case: &Case) -> Result<Fen, DbErr> {
    Ok(with_the_person(case.paid, store::clawback::gone(db, case.id).await?))
}

/// A part of it has come, also of what was written off. The form gives the id: sent twice, it came once. With the last part the claim is done.
pub async fn receive(
    db: &DatabaseConnection,
    cx: &Context,
    payer: &Payer,
    (id, part, amount, on): (ClawbackId, InstalmentId, Fen, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let (mut open, row) = locked(&tx, payer, id).await?;
    if store::clawback::instalments(&tx, id).await?.iter().any(|known| known.id == part) {
        return Ok(open.case);
    }
    let bucket = match row.state {
        ClawbackState::Agreed => Bucket::Paid,
        ClawbackState::WrittenOff => Bucket::WrittenOff,
        _ => return Err(Refusal::Stale.into()),
    };
    if no_death(&tx, &open, &row).await? {
        return Err(Refusal::Clawback(NoClaim::Cause).into());
    }
    open.apart(&tx, payer, Part::Collector, now).await?;
    let most = match bucket {
        Bucket::WrittenOff => row.written_off,
        _ => with_the_person(row.amount, row.recovered).min(left(&tx, &open.case).await?),
    };
    if most == Fen::ZERO {
        return Err(Refusal::Clawback(NoClaim::CameBack).into());
    }
    let decided_on = row.decided_at.map(local_date);
    if on > local_date(now) || decided_on.is_some_and(|decided| on < decided) {
        return Err(Refusal::Clawback(NoClaim::Date).into());
    }
    let total = after_instalment(row.amount, row.recovered, amount);
    let total = total.filter(|_| amount <= most).ok_or(Refusal::Clawback(NoClaim::Amount { most }))?;
    let what = Happened::ClaimReceived { clawback: id, amount };
    open.note(&tx, Actor::of(payer), what, now).await?;
    let state = if total == row.amount { ClawbackState::Recovered } else { row.state };
    let written_off = after_loss(row.written_off, amount).unwrap_or_default();
    store::clawback::save(&tx, Clawback { state, recovered: total, written_off, ..row }).await?;
    for (at, (pot, amount)) in parts(&tx, &open.case, (bucket, amount)).await?.into_iter().enumerate() {
        let id_of_part = if at == 0 { part } else { InstalmentId::new(now) };
        let row = Instalment {
            id: id_of_part,
            clawback_id: id,
            case_id: open.case.id,
            amount,
            received_on: on,
            budget_year: pot.year,
            recorded_by: payer.account().clone(),
            recorded_at: now,
        };
        store::clawback::insert_instalment(&tx, row).await?;
        let (subject, key) = (open.case.subject(), format!("aid.claw_back/{id_of_part}"));
        // Out of a frozen year it is for whoever comes next in the one that is open.
        let new = ledger::open_from(&tx, &pot).await?;
        let (pots, said) = ((&pot, &new), (subject.as_str(), key.as_str()));
        match (bucket, new == pot) {
            (Bucket::WrittenOff, true) => {
                ledger::recover_lost(&tx, &pot, amount, said.0, said.1, now).await?
            }
            (Bucket::WrittenOff, false) => ledger::recover_lost_late(&tx, pots, amount, said, now).await?,
            (_, true) => ledger::claw_back(&tx, &pot, amount, said.0, said.1, now).await?,
            (_, false) => ledger::recover(&tx, pots, amount, said, now).await?,
        };
    }
    open.record(&tx, cx, By::from(payer), "aid.claim_received", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Out of which pots a sum comes: those that paid for the case, or in whose books it was written off, the latest year first.
pub(super) async fn parts(
    db: &impl ConnectionTrait,
    case: &Case,
    (bucket, amount): (Bucket, Fen),
) -> Result<Vec<(Envelope, Fen)>, AidError> {
    let mut there: BTreeMap<(i32, Envelope), Fen> = BTreeMap::new();
    for line in ledger::lines(db, &case.subject()).await? {
        if line.account.bucket == bucket {
            let pot = line.account.envelope;
            let sum = there.entry((pot.year, pot)).or_default();
            *sum = sum.checked_add(line.amount).ok_or(ledger::LedgerError::NotAnAmount)?;
        }
    }
    let (mut left, mut parts) = (amount, Vec::new());
    for ((_, pot), sum) in there.into_iter().rev() {
        let some = left.min(sum);
        if some.is_positive() {
            parts.push((pot, some));
            left = left.checked_sub(some).unwrap_or_default();
        }
    }
    if left.is_positive() { Err(ledger::LedgerError::NotAnAmount.into()) } else { Ok(parts) }
}

/// What happened, for a worker or an approver of the place.
pub async fn read<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    proof: &Proof<R>,
    id: ClawbackId,
    now: DateTime<Utc>,
) -> Result<SecretString, AidError> {
    if !matches!(R::ROLE, Role::Worker | Role::Approver) {
        return Err(AidError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    let (open, row) = locked(&tx, proof, id).await?;
    open.apart(&tx, proof, Part::Clerk, now).await?;
    let text = cx.seal.open(why_cell(&id.to_string()), &row.why)?;
    open.record(&tx, cx, By::from(proof), "aid.claim_read", now).await?;
    tx.commit().await?;
    Ok(text)
}

async fn locked<R: Held>(
    tx: &DatabaseTransaction,
    proof: &Proof<R>,
    id: ClawbackId,
) -> Result<(Open, Clawback), AidError> {
    let case = store::clawback::find(tx, id).await?.ok_or(AidError::NotFound)?.case_id;
    let open = Open::reached(tx, proof, case).await?;
    // Once more, behind the lock.
    let row = store::clawback::find(tx, id).await?.ok_or(AidError::NotFound)?;
    Ok((open, row))
}
