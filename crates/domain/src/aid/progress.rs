//! Views, loaded: for the pages, for the bot's 进度, for the form in the platform.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    AidError, Case, Refusal, RoundState, Status,
    category::Categories,
    clawback::{Clawback, ClawbackState, with_the_person},
    clock::clocks,
    excused::Excused,
    procedure::Limit,
    ruling::Kind,
    separation::{Part, Rule},
    stage::past,
    store,
    view::{
        ForApplicant, ForApprover, ForAuditor, ForPayer, ForWorker, Refused, RoundLine, Stage, VisitLine,
    },
};
use crate::{
    account::{self, mandate::Matter},
    authority::{AuditAdmin, Held, Payer, Proof, Worker},
    calendar::{Calendar, local_date},
    ids::{AccountId, BatchId, CaseId},
    person,
};

/// Every case that a login follows, latest first: the bot's 进度 and the list on the page.
pub async fn progress(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<ForApplicant>, DbErr> {
    let own = account::store::own_link(db, account, now).await?.map(|link| link.person_id);
    let about = (Calendar::load(db).await?, store::category::load(db).await?);
    let mut acts_for = account::store::mandates(db, account, now).await?;
    acts_for.retain(|link| link.matters.hold(Matter::Aid));
    let follows = |case: &Case| {
        own == Some(case.person_id) || acts_for.iter().any(|link| link.person_id == case.person_id)
    };
    let mut views = Vec::new();
    for case in store::case::followed(db, account, own).await?.into_iter().filter(follows) {
        views.push(applicants(db, &about, case, (own, now)).await?);
    }
    Ok(views)
}

/// One case for a login that follows it: the person's own, or that of whoever asked for the person and may still act for him. `None` for anybody else.
pub async fn one(
    db: &impl ConnectionTrait,
    account: &AccountId,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Option<ForApplicant>, DbErr> {
    let own = account::store::own_link(db, account, now).await?.map(|link| link.person_id);
    let Some(case) = store::case::find(db, case).await? else { return Ok(None) };
    let follows = own == Some(case.person_id)
        || case.is_applicant(account)
            && account::store::mandate_in(db, account, (case.person_id, Matter::Aid), now).await?.is_some();
    if !follows {
        return Ok(None);
    }
    let about = (Calendar::load(db).await?, store::category::load(db).await?);
    Ok(Some(applicants(db, &about, case, (own, now)).await?))
}

async fn applicants(
    db: &impl ConnectionTrait,
    (calendar, categories): &(Calendar, Categories),
    case: Case,
    (own, now): (Option<crate::ids::PersonId>, DateTime<Utc>),
) -> Result<ForApplicant, DbErr> {
    let log = store::case::log(db, case.id).await?;
    let notice = store::notice::of_case(db, case.id).await?;
    let for_whom = if own == Some(case.person_id) {
        None
    } else {
        person::store::find(db, case.person_id).await?.map(|person| person.name)
    };
    let today = local_date(now);
    let next_by = match case.status {
        // The notice has its own days, and its page says them.
        Status::OnNotice => notice.map(|notice| notice.closes_on),
        // While an objection or the bank is waited for, nobody can name a day.
        // Of money that goes ahead the day of the papers counts only once it has gone.
        Status::Objected
        | Status::InBatch
        | Status::Urgent
        | Status::UrgentBatch
        | Status::UrgentReturned => None,
        _ => {
            let limits = store::procedure::limits(db, &case.region).await?;
            let all = clocks(&log, calendar, |limit, on| limits.value(limit, on), today);
            let wanted = Limit::of(case.status);
            let running =
                all.iter().rev().find(|clock| clock.ended_on.is_none() && Some(clock.limit) == wanted);
            running.and_then(|clock| clock.due_on)
        }
    };
    let missing = match case.status {
        Status::Supplementing => store::paper::supplements(db, case.id).await?.pop(),
        _ => None,
    };
    let refused = refused(db, &case, today).await?;
    let claims = store::clawback::of_case(db, case.id).await?;
    let gone = claims.iter().flat_map(|claim| [claim.recovered, claim.written_off]).sum();
    // Nobody is asked for what the bank has sent back, or for what was written off.
    let has_it = with_the_person(case.paid, gone) > ledger::Fen::ZERO;
    let asked = |claim: &Clawback| match claim.state {
        ClawbackState::Agreed => has_it,
        state => state == ClawbackState::Recovered,
    };
    let asked_back =
        claims.into_iter().rfind(asked).map(|claim| (claim.cause, claim.amount, claim.recovered));
    let may_withdraw = case.may_withdraw();
    let called = categories.called(&case);
    let closed = store::after::closing(db, case.id).await?.map(|closing| closing.reason);
    Ok(ForApplicant {
        case: case.id,
        number: case.number,
        for_whom,
        called,
        stage: Stage::of(case.status),
        since: case.status_at,
        sent_at: case.created_at,
        next_by,
        approved: case.approved,
        worker: case.worker,
        missing: missing.map(|missing| (missing.id, missing.until)),
        refused,
        may_withdraw,
        asks_receipt: matches!(case.status, Status::Paid | Status::Unreceived),
        asked_back,
        closed,
        past: past(&log),
    })
}

/// Why it is not helped, and whether something may still be said against that.
async fn refused(db: &impl ConnectionTrait, case: &Case, today: NaiveDate) -> Result<Option<Refused>, DbErr> {
    let stopped = [Status::Declined, Status::Contested, Status::Refused, Status::Appealed, Status::Final];
    if !stopped.contains(&case.status) {
        return Ok(None);
    }
    let ruling =
        store::paper::rulings(db, case.id).await?.into_iter().rfind(|one| one.kind != Kind::SentBack);
    let until = ruling.as_ref().and_then(|ruling| ruling.appeal_until);
    Ok(Some(Refused {
        ground: ruling.as_ref().map(|ruling| ruling.ground),
        basis: ruling.map(|ruling| ruling.basis).unwrap_or_default(),
        until,
        may_appeal: case.status.may_be_appealed() && until.is_none_or(|until| today <= until),
    }))
}

/// A case that a proof covers and from which its holder is not excused.
async fn open_to<R: Held>(
    db: &impl ConnectionTrait,
    (proof, wants): (&Proof<R>, Part),
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let case = store::case::find(db, case).await?.ok_or(AidError::NotFound)?;
    if !proof.covers(case.place()) {
        return Err(AidError::NotFound);
    }
    match Excused::of(db, proof.account(), now).await?.from(&case) {
        Some(did) => Err(Refusal::Separation(Rule { did, wants }).into()),
        None => Ok(case),
    }
}

/// A case for a worker whose role reaches it.
pub async fn for_worker(
    db: &impl ConnectionTrait,
    worker: &Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<ForWorker, AidError> {
    let case = open_to(db, (worker, Part::Clerk), case, now).await?;
    let person = person::store::find(db, case.person_id).await?.ok_or(AidError::NotFound)?;
    let rounds = store::approval::of_case(db, case.id).await?;
    let agreed = rounds.last().is_some_and(|round| round.state == RoundState::Agreed);
    let visits = store::case::visits(db, case.id).await?.into_iter().map(|visit| VisitLine {
        visit: visit.id,
        on: visit.visited_on,
        lead: visit.lead,
        second: visit.second,
        proposed: visit.proposed,
    });
    let objections = store::notice::objections(db, case.id).await?;
    Ok(ForWorker {
        case: case.id,
        number: case.number,
        person: case.person_id,
        name: person.name,
        for_another: case.for_another,
        category: case.category,
        status: case.status,
        since: case.status_at,
        worker: case.worker,
        account_checked: case.account_checked,
        budget_short: agreed && case.status == Status::InApproval,
        approved: case.approved,
        visits: visits.collect(),
        rounds: rounds
            .into_iter()
            .map(|round| RoundLine {
                round: round.round,
                state: round.state,
                amount: round.amount,
                decided_by: round.decided_by,
            })
            .collect(),
        objections: objections.into_iter().filter(|one| one.outcome.is_none()).map(|one| one.id).collect(),
    })
}

/// The form of a round, for the dispatcher. `None` when there is no such round.
pub async fn for_approver(
    db: &impl ConnectionTrait,
    (case, round): (CaseId, i32),
) -> Result<Option<ForApprover>, DbErr> {
    let Some(round) = store::approval::find(db, case, round).await? else { return Ok(None) };
    let Some(case) = store::case::find(db, case).await? else { return Ok(None) };
    let Some(person) = person::store::find(db, case.person_id).await? else { return Ok(None) };
    Ok(Some(ForApprover {
        case: case.id,
        number: case.number,
        round: round.round,
        name: person.name,
        group: store::category::load(db).await?.group(case.category),
        amount: round.amount,
        asked_by: round.asked_by,
        region: case.region,
    }))
}

/// The lines of a batch, for a payer of the place.
pub async fn for_payer(
    db: &impl ConnectionTrait,
    payer: &Payer,
    batch: BatchId,
) -> Result<Vec<ForPayer>, AidError> {
    let batch = store::payment::find_batch(db, batch).await?.ok_or(AidError::NotFound)?;
    if !payer.covers(&batch.region) {
        return Err(AidError::NotFound);
    }
    let mut lines = Vec::new();
    for payment in store::payment::of_batch(db, batch.id).await? {
        let case = store::case::find(db, payment.case_id).await?.ok_or(AidError::NotFound)?;
        lines.push(ForPayer {
            payment: payment.id,
            line: payment.line,
            number: case.number,
            payee: payment.payee,
            account_tail: payment.account_tail,
            bank: payment.bank,
            amount: payment.amount,
            state: payment.state,
            reason: payment.reason,
        });
    }
    Ok(lines)
}

/// A case for an auditor.
pub async fn for_auditor(
    db: &impl ConnectionTrait,
    auditor: &AuditAdmin,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<ForAuditor, AidError> {
    let case = open_to(db, (auditor, Part::Auditor), case, now).await?;
    Ok(ForAuditor {
        case: case.id,
        log: store::case::log(db, case.id).await?,
        lines: ledger::lines(db, &case.subject()).await?,
        number: case.number,
        status: case.status,
        approved: case.approved,
        paid: case.paid,
    })
}
