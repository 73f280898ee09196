//! 坏账核销: a worker proposes to ask for the rest of a claim no more, with a reason of the list, in words and with a paper; an approver decides,
//! who stands high enough for the sum (审批权限). Neither had a hand in the payment. The money stays paid by the pot that paid it; the ledger has it in a
//! bucket of its own from then on, of a frozen year in the one that is open. It is not undone: what comes after all is taken in like any part of
//! the claim (`clawback::receive`).

use chrono::{DateTime, Utc};
use ledger::{Bucket, Envelope, Fen};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use secrecy::SecretString;

use super::{
    clawback::{left, no_death, parts},
    open::{Actor, Open},
    visit::rule_of,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, NoClaim, ProposalState, Refusal,
        clawback::{Clawback, ClawbackState, DOCUMENT, Loss, WriteOff, with_the_person, write_off::why_cell},
        separation::Part,
        standard::Level,
        store,
        supplement::words,
    },
    authority::{Approver, Held, Proof, Role, Worker, substitution::same_hand},
    evidence::{self, Evidence, Item, State},
    ids::{CaseId, ClawbackId, EvidenceId, WriteOffId},
};

/// A proposal to be.
#[derive(Clone, Debug)]
pub struct NewWriteOff {
    /// Given by the form, so that a form that is sent twice is one proposal.
    pub id: WriteOffId,
    /// Why it cannot be collected.
    pub loss: Loss,
    /// The same in words.
    pub why: String,
    /// The document that allows it.
    pub document: String,
    /// The paper that shows it.
    pub paper: EvidenceId,
}

/// What of a claim is still to come.
pub async fn rest(db: &impl ConnectionTrait, case: &Case, claim: &Clawback) -> Result<Fen, DbErr> {
    Ok(with_the_person(claim.amount, claim.recovered).min(left(db, case).await?))
}

/// Which pots would bear how much of it.
pub async fn bears(
    db: &impl ConnectionTrait,
    case: &Case,
    amount: Fen,
) -> Result<Vec<(Envelope, Fen)>, AidError> {
    parts(db, case, (Bucket::Paid, amount)).await
}

/// The papers of a case that show that something cannot be collected, and count; the first first.
pub async fn papers(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Evidence>, DbErr> {
    let mut papers = evidence::store::of_case(db, case).await?;
    papers.retain(|paper| paper.item == Item::Loss && paper.state == State::Counts && paper.is_there());
    Ok(papers)
}

async fn shown(db: &impl ConnectionTrait, case: CaseId, paper: EvidenceId) -> Result<(), AidError> {
    let there = papers(db, case).await?.iter().any(|known| known.id == paper);
    if there { Ok(()) } else { Err(Refusal::Clawback(NoClaim::Paper).into()) }
}

/// Proposes it, of a claim that is being collected.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (claim, new): (ClawbackId, NewWriteOff),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let (why, document) = (words(&new.why)?, new.document.trim());
    if document.is_empty() || document.chars().count() > DOCUMENT {
        return Err(Refusal::Clawback(NoClaim::Document).into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let case = store::clawback::find(&tx, claim).await?.ok_or(AidError::NotFound)?.case_id;
    let mut open = Open::reached(&tx, worker, case).await?;
    // Once more, behind the lock.
    let row = store::clawback::find(&tx, claim).await?.ok_or(AidError::NotFound)?;
    let known = store::clawback::write_offs(&tx, claim).await?;
    if known.iter().any(|known| known.id == new.id) {
        return Ok(open.case);
    }
    if known.iter().any(|known| known.state == ProposalState::Proposed) {
        return Err(Refusal::Clawback(NoClaim::WriteOffOpen).into());
    }
    if row.state != ClawbackState::Agreed {
        return Err(Refusal::Stale.into());
    }
    open.apart(&tx, worker, Part::LossProposer, now).await?;
    if no_death(&tx, &open, &row).await? {
        return Err(Refusal::Clawback(NoClaim::Cause).into());
    }
    if !new.loss.holds(open.person(&tx).await?.is_alive()) {
        return Err(Refusal::Clawback(NoClaim::Loss).into());
    }
    let amount = rest(&tx, &open.case, &row).await?;
    if !amount.is_positive() {
        return Err(Refusal::Clawback(NoClaim::CameBack).into());
    }
    shown(&tx, case, new.paper).await?;
    let (id, loss) = (new.id, new.loss);
    let what =
        Happened::WriteOffProposed { write_off: id, clawback: claim, amount, loss, evidence: new.paper };
    open.note(&tx, Actor::of(worker), what, now).await?;
    let row = WriteOff {
        id,
        clawback_id: claim,
        case_id: case,
        state: ProposalState::Proposed,
        amount,
        loss,
        why: cx.seal.seal(why_cell(&id.to_string()), why)?,
        document: document.to_owned(),
        evidence_id: new.paper,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
    };
    store::clawback::insert_write_off(&tx, row).await?;
    open.record(&tx, cx, By::from(worker), "aid.write_off_proposed", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Another one decides. What has come meanwhile is not written off: then somebody proposes it anew.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    approver: &Approver,
    (id, agree): (WriteOffId, bool),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let (mut open, row) = locked(&tx, approver, id).await?;
    let claim = store::clawback::find(&tx, row.clawback_id).await?.ok_or(AidError::NotFound)?;
    if row.state != ProposalState::Proposed {
        return Err(Refusal::Stale.into());
    }
    open.apart(&tx, approver, Part::LossJudge, now).await?;
    if same_hand(&tx, approver, (&row.proposed_by, row.proposed_at), now).await? {
        return Err(Refusal::SecondWord.into());
    }
    let amount = row.amount;
    let what = Happened::WriteOffDecided { write_off: id, clawback: claim.id, agreed: agree, amount };
    let (state, action) = if agree {
        may(&tx, approver, (&open, &row, &claim), now).await?;
        book(&tx, &open, &row, now).await?;
        let claim = Clawback { state: ClawbackState::WrittenOff, written_off: amount, ..claim };
        store::clawback::save(&tx, claim).await?;
        (ProposalState::Agreed, "aid.write_off_agreed")
    } else {
        (ProposalState::Refused, "aid.write_off_refused")
    };
    open.note(&tx, Actor::of(approver), what, now).await?;
    let row = WriteOff { state, decided_by: Some(approver.account().clone()), decided_at: Some(now), ..row };
    store::clawback::save_write_off(&tx, row).await?;
    open.record(&tx, cx, By::from(approver), action, now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Is it still as it was proposed, and does this approver decide about so much?
async fn may(
    tx: &DatabaseTransaction,
    approver: &Approver,
    (open, row, claim): (&Open, &WriteOff, &Clawback),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    if claim.state != ClawbackState::Agreed || rest(tx, &open.case, claim).await? != row.amount {
        return Err(Refusal::Stale.into());
    }
    if no_death(tx, open, claim).await? {
        return Err(Refusal::Clawback(NoClaim::Cause).into());
    }
    if !row.loss.holds(open.person(tx).await?.is_alive()) {
        return Err(Refusal::Clawback(NoClaim::Loss).into());
    }
    shown(tx, open.case.id, row.evidence_id).await?;
    // Who may give so much away may write so much off. Of a case that is lost piece by piece, the pieces count together.
    let before = store::clawback::written_off(tx, open.case.id).await?;
    let needed = rule_of(tx, &open.case, now).await?.level([before, row.amount].into_iter().sum());
    if Level::of_reach(approver.reach()) < needed {
        return Err(Refusal::NotHighEnough(needed).into());
    }
    Ok(())
}

/// Pot by pot, as they paid.
async fn book(
    tx: &DatabaseTransaction,
    open: &Open,
    row: &WriteOff,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let subject = open.case.subject();
    for (at, (pot, amount)) in bears(tx, &open.case, row.amount).await?.into_iter().enumerate() {
        let key = format!("aid.write_off/{}/{at}", row.id);
        let new = ledger::open_from(tx, &pot).await?;
        if new == pot {
            ledger::write_off(tx, &pot, amount, &subject, &key, now).await?;
        } else {
            ledger::write_off_late(tx, (&pot, &new), amount, (&subject, &key), now).await?;
        }
    }
    Ok(())
}

/// Why, for a worker or an approver of the place.
pub async fn read<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    proof: &Proof<R>,
    id: WriteOffId,
    now: DateTime<Utc>,
) -> Result<SecretString, AidError> {
    if !matches!(R::ROLE, Role::Worker | Role::Approver) {
        return Err(AidError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    let (open, row) = locked(&tx, proof, id).await?;
    open.apart(&tx, proof, Part::Clerk, now).await?;
    let text = cx.seal.open(why_cell(&id.to_string()), &row.why)?;
    open.record(&tx, cx, By::from(proof), "aid.write_off_read", now).await?;
    tx.commit().await?;
    Ok(text)
}

async fn locked<R: Held>(
    tx: &DatabaseTransaction,
    proof: &Proof<R>,
    id: WriteOffId,
) -> Result<(Open, WriteOff), AidError> {
    let case = store::clawback::write_off(tx, id).await?.ok_or(AidError::NotFound)?.case_id;
    let open = Open::reached(tx, proof, case).await?;
    // Once more, behind the lock.
    let row = store::clawback::write_off(tx, id).await?.ok_or(AidError::NotFound)?;
    Ok((open, row))
}
