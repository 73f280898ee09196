//! The approver's decision, as the platform reports it: often twice, sometimes late, in any order. What it does to a case
//! depends on the round's state alone, so every order ends the same.

use chrono::{DateTime, Datelike, Utc};
use ledger::{Fen, LedgerError};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::{
    death::terminate,
    open::{Actor, Open},
    ruling::rule,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Decision, Happened, Refusal, Round, RoundState, Status, Step, Void, approval as row,
        entity, envelope,
        ruling::{Ground, Kind},
        separation::Part,
        standard::Level,
        store,
    },
    authority::{Approver, Grants, Worker},
    calendar::local_date,
    ids::{AccountId, CaseId},
};

/// What the platform says about an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which.
    pub instance: String,
    /// What.
    pub decision: Decision,
    /// Who decided. Somebody unknown is no approver.
    pub by: Option<AccountId>,
    /// When, by the platform's clock: it says which year's budget bears it.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// The case is there now.
    Now(Status),
    /// It was known, or comes too late.
    Nothing,
}

/// Takes a verdict in the transaction that finishes the inbox item. [`AidError::NotYetKnown`] when the round has not been
/// adopted: the item waits and is tried again.
pub async fn approval_decided_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Became, AidError> {
    let found = store::approval::by_instance(tx, &verdict.instance).await?.ok_or(AidError::NotYetKnown)?;
    let mut open = Open::lock(tx, found.case_id).await?;
    // Once more, behind the lock: the same verdict may have come by another way.
    let round = store::approval::find(tx, found.case_id, found.round).await?.ok_or(AidError::NotFound)?;
    if !round.state.is_open() || open.case.status != Status::InApproval {
        return too_late(tx, cx, (open, &round), verdict, now).await;
    }
    if !open.person(tx).await?.is_alive() {
        return after_death(tx, cx, (open, &round), verdict, now).await;
    }
    let number = round.round;
    match verdict.decision {
        Decision::Withdrawn => {
            close(tx, &round, RoundState::Withdrawn, verdict).await?;
            let what = (Step::EndRound, Happened::ApprovalWithdrawn { round: number });
            open.step(tx, Actor::PLATFORM, what, entity::ActiveModel::default(), now).await?;
            open.record(tx, cx, By::PLATFORM, "aid.approval_withdrawn", now).await?;
        }
        Decision::Agree | Decision::Refuse => match approver(tx, &open, (verdict, round.level), now).await? {
            Err(why) => {
                close(tx, &round, RoundState::Void, verdict).await?;
                let what = (Step::EndRound, Happened::DecisionVoid { round: number, why });
                let actor = Actor { account: verdict.by.as_ref(), stands_for: None, by: By::PLATFORM };
                open.step(tx, actor, what, entity::ActiveModel::default(), now).await?;
                open.record(tx, cx, By::PLATFORM, "aid.decision_void", now).await?;
            }
            Ok(approver) if verdict.decision == Decision::Refuse => {
                close(tx, &round, RoundState::Refused, verdict).await?;
                let what = (Step::Refuse, Happened::Refused { round: number });
                open.step(tx, Actor::of(&approver), what, entity::ActiveModel::default(), now).await?;
                rule(tx, cx, &open, (Kind::Refused, Ground::Approver, ""), Some(approver.account()), now)
                    .await?;
                open.tell(tx, open.refused(), now).await?;
                open.record(tx, cx, By::from(&approver), "aid.refused", now).await?;
            }
            Ok(approver) => {
                close(tx, &round, RoundState::Agreed, verdict).await?;
                let (actor, year) = (Actor::of(&approver), local_date(verdict.at).year());
                let action = agreed(tx, &mut open, actor, (&round, year), now).await?;
                open.record(tx, cx, By::from(&approver), action, now).await?;
            }
        },
    }
    Ok(Became::Now(open.case.status))
}

/// Tries the budget once more for a case that was agreed to when the money was short.
pub async fn reserve_again(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    open.living(&tx).await?;
    let round = store::approval::of_case(&tx, case).await?.pop().ok_or(Refusal::NoSuchRound)?;
    if open.case.status != Status::InApproval || round.state != RoundState::Agreed {
        return Err(Refusal::NoSuchRound.into());
    }
    // The decision is still the approver's, who pressed is in the audit row.
    let actor = Actor { account: round.decided_by.as_ref(), stands_for: None, by: By::SYSTEM };
    let action = agreed(&tx, &mut open, actor, (&round, local_date(now).year()), now).await?;
    if open.case.status != Status::Approved {
        return Err(short(&open, round.amount).into());
    }
    open.record(&tx, cx, By::from(worker), action, now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// What is missing, as the log says it.
fn short(open: &Open, wanted: Fen) -> Refusal {
    let missing = match open.log.last().map(|last| &last.what) {
        Some(Happened::BudgetShort { missing: Some(missing), .. }) => *missing,
        _ => wanted,
    };
    Refusal::BudgetShort { available: wanted.checked_sub(missing).unwrap_or_default(), missing }
}

/// Reserves the money in this transaction; a case is approved with its money or not at all. (Domain rule of the envelope:
/// available ≥ 0 at all times.) When it does not suffice, the case stays where it is, and a worker sees it.
async fn agreed(
    tx: &DatabaseTransaction,
    open: &mut Open,
    actor: Actor<'_>,
    (round, year): (&Round, i32),
    now: DateTime<Utc>,
) -> Result<&'static str, AidError> {
    let amount = round.amount;
    // What went ahead is paid already: only the rest is reserved, if there is one.
    let rest = amount.checked_sub(open.case.paid).ok_or(LedgerError::NotAnAmount)?;
    let year = if rest.is_positive() {
        // Decided in a year that is frozen when we hear of it: the next one bears it.
        let pot = ledger::open_from(tx, &envelope(&open.case.region, year, open.case.category)).await?;
        let key = format!("aid.reserve/{}/{}", open.case.id, round.round);
        match ledger::reserve(tx, &pot, rest, &open.case.subject(), &key, now).await {
            Ok(_) => {}
            Err(LedgerError::Insufficient { available, .. }) => {
                let missing = rest.checked_sub(available);
                let what = Happened::BudgetShort { round: round.round, amount, missing };
                open.note(tx, actor, what, now).await?;
                return Ok("aid.budget_short");
            }
            Err(error) => return Err(error.into()),
        }
        pot.year
    } else {
        open.case.budget_year.unwrap_or(year)
    };
    let change = entity::ActiveModel {
        approved: Set(Some(amount)),
        budget_year: Set(Some(year)),
        ..Default::default()
    };
    let what = (Step::Approve, Happened::Approved { round: round.round, amount, year });
    open.step(tx, actor, what, change, now).await?;
    // Of money that has gone already the person hears when all is done.
    if rest.is_positive() {
        open.tell(tx, open.approved(), now).await?;
    }
    Ok("aid.approved")
}

/// Whatever was decided about somebody who has died: the case ends, and no money is bound.
async fn after_death(
    tx: &DatabaseTransaction,
    cx: &Context,
    (mut open, round): (Open, &Round),
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Became, AidError> {
    let state = match verdict.decision {
        Decision::Agree => RoundState::Agreed,
        Decision::Refuse => RoundState::Refused,
        Decision::Withdrawn => RoundState::Withdrawn,
    };
    close(tx, round, state, verdict).await?;
    terminate(tx, &mut open, now).await?;
    open.record(tx, cx, By::PLATFORM, "aid.terminated", now).await?;
    Ok(Became::Now(open.case.status))
}

/// Does who decided count? An approver of the place, high enough for the amount, without another part in the case.
async fn approver(
    tx: &DatabaseTransaction,
    open: &Open,
    (verdict, level): (&Verdict, Level),
    now: DateTime<Utc>,
) -> Result<Result<Approver, Void>, AidError> {
    let Some(by) = &verdict.by else { return Ok(Err(Void::NotAnApprover)) };
    let grants = Grants::of(tx, by, verdict.at).await?;
    let mut proofs = Approver::all_among(&grants, open.case.place()).peekable();
    if proofs.peek().is_none() {
        return Ok(Err(Void::NotAnApprover));
    }
    // Who refuses need not stand high.
    let high =
        |proof: &Approver| Level::of_reach(proof.reach()) >= level || verdict.decision == Decision::Refuse;
    let Some(approver) = proofs.find(high) else { return Ok(Err(Void::TooLow(level))) };
    match open.apart(tx, &approver, Part::Approver, now).await {
        Ok(()) => Ok(Ok(approver)),
        Err(AidError::Refused(Refusal::Separation(rule))) => Ok(Err(Void::Separation(rule))),
        Err(error) => Err(error),
    }
}

/// The round is over here already. If that was by a withdrawal here and the platform decided after all, the log says so, once.
async fn too_late(
    tx: &DatabaseTransaction,
    cx: &Context,
    (mut open, round): (Open, &Round),
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Became, AidError> {
    let what = Happened::DecisionTooLate { round: round.round };
    let crossed = round.state == RoundState::Withdrawn && verdict.decision != Decision::Withdrawn;
    if crossed && !open.log.iter().any(|entry| entry.what == what) {
        open.note(tx, Actor { account: verdict.by.as_ref(), stands_for: None, by: By::PLATFORM }, what, now)
            .await?;
        open.record(tx, cx, By::PLATFORM, "aid.decision_too_late", now).await?;
    }
    Ok(Became::Nothing)
}

async fn close(
    tx: &DatabaseTransaction,
    round: &Round,
    state: RoundState,
    verdict: &Verdict,
) -> Result<(), AidError> {
    let change = row::ActiveModel {
        state: Set(state),
        decided_by: Set(verdict.by.clone()),
        decided_at: Set(Some(verdict.at)),
        ..Default::default()
    };
    let done = store::approval::update(tx, round, change).await?;
    if done { Ok(()) } else { Err(Refusal::Stale.into()) }
}
