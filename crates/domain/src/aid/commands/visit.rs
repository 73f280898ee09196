//! 家访: two workers were there, one of them writes down what they found and what they propose.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DatabaseTransaction};

use super::open::{Actor, Open};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, NewVisit, Refusal, Step, Visit, entity,
        separation::Part,
        standard::{Standard, standard},
        store,
        visit::findings_cell,
    },
    authority::Worker,
    calendar::local_date,
    ids::CaseId,
};

/// Writes a visit down. A second visit counts instead of the first; both stay. The same visit again changes nothing.
pub async fn record_visit(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, new): (CaseId, NewVisit),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    record_visit_of(db, cx, worker, (case, new, None), now).await
}

/// The same of a case as the visitor has seen it (`seen`): of one that has moved since, it is [`Refusal::Stale`], and nothing is written. A visit
/// that has come already has come, however the case has moved.
pub async fn record_visit_of(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, new, seen): (CaseId, NewVisit, Option<i64>),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    if store::case::visits(&tx, case).await?.iter().any(|visit| visit.id == new.id) {
        return Ok(open.case);
    }
    if seen.is_some_and(|seen| seen != open.case.version) {
        return Err(Refusal::Stale.into());
    }
    open.living(&tx).await?;
    new.check(worker.account(), open.case.created_at, now)?;
    let mut stands_for = Vec::with_capacity(2);
    for (visitor, part) in [(&new.lead, Part::VisitLead), (&new.second, Part::VisitSecond)] {
        let proof = Worker::prove(&tx, visitor, open.case.place(), now).await?;
        let proof = proof.ok_or(Refusal::NotAVisitor)?;
        open.apart(&tx, &proof, part, now).await?;
        stands_for.push(proof.stands_for().cloned());
    }
    let second_for = stands_for.pop().flatten();
    let lead_for = stands_for.pop().flatten();
    // Who stands in for the other one is not a second pair of eyes.
    let alone = lead_for.as_ref() == Some(&new.second) || second_for.as_ref() == Some(&new.lead);
    if alone || (lead_for.is_some() && lead_for == second_for) {
        return Err(Refusal::OneVisitor.into());
    }
    rule_of(&tx, &open.case, now).await?.gives(new.self_paid, new.proposed)?;

    let id = new.id;
    let visit = Visit {
        id,
        case_id: open.case.id,
        visited_on: new.on,
        lead: new.lead.clone(),
        second: new.second.clone(),
        findings: cx.seal.seal(findings_cell(&id.to_string()), new.findings.trim())?,
        proposed: new.proposed,
        self_paid: new.self_paid,
        recorded_by: worker.account().clone(),
        recorded_at: now,
    };
    store::case::insert_visit(&tx, visit).await?;
    let what = Happened::Visited {
        visit: id,
        lead: new.lead,
        second: new.second,
        proposed: new.proposed,
        lead_for,
        second_for,
    };
    let change = entity::ActiveModel { proposed: Set(Some(new.proposed)), ..Default::default() };
    open.step(&tx, Actor::of(worker), (Step::RecordVisit, what), change, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.visited", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// What is in force for a case today.
pub(super) async fn rule_of(
    tx: &DatabaseTransaction,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<Standard, AidError> {
    let rules = store::case::rules_of(tx, case.category).await?;
    standard(&rules, &case.region, local_date(now)).ok_or_else(|| Refusal::NoRule.into())
}
