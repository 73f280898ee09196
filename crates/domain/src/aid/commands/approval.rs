//! 送审: a worker sends the case to the approver, and the dispatcher makes the platform's instance, exactly once.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection};

use super::{
    council::discussed,
    need::helped_once,
    open::{Actor, Open},
    ready::everything_is_there,
    stop,
    visit::rule_of,
};
use crate::{
    By, Context,
    aid::{
        AidError, Happened, Refusal, Round, RoundState, Step, approval as row, entity, letters::Letter,
        separation::Part, store,
    },
    authority::Worker,
    ids::{ApprovalId, CaseId},
};

/// Sends a visited case to the approver: a new round, which the dispatcher creates in the platform.
pub async fn submit_for_approval(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Round, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    stop::lock_household(&tx, case, now).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Reviewer, now).await?;
    let refused = Refusal::NotNow { status: open.case.status, step: Step::AskApproval };
    let amount = open.case.proposed.ok_or(refused)?;
    let rule = rule_of(&tx, &open.case, now).await?;
    let visited = store::case::visits(&tx, case).await?.pop().and_then(|visit| visit.self_paid);
    rule.gives(visited, amount)?;
    if amount < open.case.paid {
        return Err(Refusal::BelowAhead { paid: open.case.paid }.into());
    }
    everything_is_there(&tx, &open.case, now).await?;
    discussed(&tx, &open, amount, now).await?;
    helped_once(&tx, &open.case, now).await?;
    let level = rule.level(amount);
    stop::nothing_stops(&tx, cx, (&open.case, amount), now).await?;
    let rounds = store::approval::of_case(&tx, case).await?;
    let round = Round {
        id: ApprovalId::new(now),
        case_id: case,
        round: rounds.last().map_or(0, |last| last.round) + 1,
        state: RoundState::Wanted,
        amount,
        level,
        asked_by: worker.account().clone(),
        asked_at: now,
        sending_at: None,
        instance_id: None,
        decided_by: None,
        decided_at: None,
        read_at: None,
    };
    let what = Happened::ApprovalAsked { approval: round.id, round: round.round, amount };
    // The step first: a case that is in approval already is refused before its second round meets the index.
    open.step(&tx, Actor::of(worker), (Step::AskApproval, what), entity::ActiveModel::default(), now).await?;
    let round = store::approval::insert(&tx, round).await?;
    open.ask(&tx, Letter::ApprovalCreate { case, round: round.round }, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.approval_asked", now).await?;
    tx.commit().await?;
    Ok(round)
}

/// What a sender is to do about a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Nobody has begun: create it.
    Create,
    /// Somebody began at this time, and whether it arrived is not known: search first, from then on.
    Search {
        /// When the first sender began.
        since: DateTime<Utc>,
    },
    /// It is there, or not wanted any more: nothing.
    Nothing,
}

/// Marks a round before the platform is called. Commits before it answers, so that a crash in between is noticed.
pub async fn approval_sending(
    db: &DatabaseConnection,
    (case, round): (CaseId, i32),
    now: DateTime<Utc>,
) -> Result<Sending, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    store::case::locked(&tx, case).await?.ok_or(AidError::NotFound)?;
    let round = store::approval::find(&tx, case, round).await?.ok_or(AidError::NotFound)?;
    let sending = match round.state {
        RoundState::Wanted => {
            let change = row::ActiveModel {
                state: Set(RoundState::Sending),
                sending_at: Set(Some(now)),
                ..Default::default()
            };
            store::approval::update(&tx, &round, change).await?;
            Sending::Create
        }
        RoundState::Sending => Sending::Search { since: round.sending_at.unwrap_or(round.asked_at) },
        RoundState::Created
        | RoundState::Agreed
        | RoundState::Refused
        | RoundState::Withdrawn
        | RoundState::Void => Sending::Nothing,
    };
    tx.commit().await?;
    Ok(sending)
}

/// The platform has the round under this id: just created, or found again after a crash. Again is no error. If the applicant
/// has withdrawn in the meantime, the platform is asked to take it back.
pub async fn approval_created(
    db: &DatabaseConnection,
    cx: &Context,
    (case, round): (CaseId, i32),
    instance: &str,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::lock(&tx, case).await?;
    let round = store::approval::find(&tx, case, round).await?.ok_or(AidError::NotFound)?;
    match round.instance_id.as_deref() {
        Some(known) if known == instance => return Ok(()),
        Some(_) => return Err(Refusal::NoSuchRound.into()),
        None => {}
    }
    let mut change = row::ActiveModel { instance_id: Set(Some(instance.to_owned())), ..Default::default() };
    if round.state.is_open() {
        change.state = Set(RoundState::Created);
    } else {
        open.ask(&tx, Letter::ApprovalTerminate { case, round: round.round }, now).await?;
    }
    store::approval::update(&tx, &round, change).await?;
    let what = Happened::ApprovalCreated { round: round.round, instance: instance.to_owned() };
    open.note(&tx, Actor::SYSTEM, what, now).await?;
    open.record(&tx, cx, By::SYSTEM, "aid.approval_created", now).await?;
    tx.commit().await?;
    Ok(())
}
