//! What stops money from going twice is asked before a case goes to its approver; and the two things that people write down for it.

use chrono::{DateTime, Datelike, Utc};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};
use secrecy::{ExposeSecret, SecretString};

use super::{need::besides, open::Open};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Refusal, Status, Step,
        draft::{Complete, Elsewhere},
        entity::answers_cell,
        procedure::{Limit, in_force},
        separation::Part,
        stop::{
            ElsewhereNote, LONGEST,
            elsewhere::{evidence_cell, why_cell},
            of_other_schemes,
        },
        store,
    },
    authority::Worker,
    calendar::local_date,
    ids::{CaseId, ElsewhereNoteId, PersonId},
    person,
    privacy::CannotOpen,
};

/// Locks the household of a case, before the case: two requests of husband and wife see each other.
pub(super) async fn lock_household(
    tx: &DatabaseTransaction,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let case = store::case::find(tx, case).await?.ok_or(AidError::NotFound)?;
    let mut household = store::stop::spouses(tx, case.person_id, local_date(now)).await?;
    household.push(case.person_id);
    household.sort();
    for person in household {
        person::store::find_locked(tx, person).await?;
    }
    Ok(())
}

/// May a case go to its approver with this amount?
pub(super) async fn nothing_stops(
    tx: &DatabaseTransaction,
    cx: &Context,
    (case, amount): (&Case, Fen),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    if store::stop::notes(tx, case.id).await?.is_empty() {
        if !declared(cx, case)?.is_empty() {
            return Err(Refusal::HelpedElsewhere.into());
        }
        if let Some(other) = besides(tx, case, now).await?.into_iter().next() {
            return Err(Refusal::HelpedBesides { number: other.number }.into());
        }
    }
    household(tx, (case, amount), now).await
}

/// Would the household get more than it may in this year?
pub(super) async fn household(
    tx: &DatabaseTransaction,
    (case, amount): (&Case, Fen),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let today = local_date(now);
    let rows = store::procedure::all(tx).await?;
    let Some(set) = in_force(&rows, Limit::HouseholdCap, &case.region, today) else { return Ok(()) };
    let (most, source) = (Fen::yuan(i64::from(set.value)), set.row.source.clone());
    let mut others = vec![case.person_id];
    others.extend(store::stop::spouses(tx, case.person_id, today).await?);
    let used = used(tx, case.id, &others, today.year()).await?;
    match used.checked_add(amount) {
        Some(total) if total <= most => Ok(()),
        _ => Err(Refusal::HouseholdCap { most, used, source }.into()),
    }
}

/// What the household is promised in a year, or has been asked of an approver.
async fn used(
    tx: &DatabaseTransaction,
    but: CaseId,
    people: &[PersonId],
    year: i32,
) -> Result<Fen, AidError> {
    let mut amounts = Vec::new();
    for person in people {
        for case in store::case::of_person(tx, *person).await?.into_iter().filter(|case| case.id != but) {
            let promised = case.approved.filter(|_| case.budget_year == Some(year));
            let asked = if case.status == Status::InApproval {
                store::approval::of_case(tx, case.id).await?.pop().map(|round| round.amount)
            } else {
                None
            };
            // What is asked for has in it what went ahead.
            amounts.extend(promised.max(asked));
        }
    }
    Ok(Fen::checked_sum(amounts).unwrap_or(Fen(i64::MAX)))
}

/// Other schemes were declared, or other help of ours is meant for the same time, and nobody has written about it yet.
pub async fn asks_about_elsewhere(
    db: &impl ConnectionTrait,
    cx: &Context,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    if !store::stop::notes(db, case.id).await?.is_empty() {
        return Ok(false);
    }
    Ok(!declared(cx, case)?.is_empty() || !besides(db, case, now).await?.is_empty())
}

/// Which other schemes were declared. Nothing of what has gone.
pub fn declared(cx: &Context, case: &Case) -> Result<Vec<Elsewhere>, AidError> {
    let text = cx.seal.open(answers_cell(&case.id.to_string()), &case.answers)?;
    if text.expose_secret().is_empty() {
        return Ok(Vec::new());
    }
    let answers: Complete = serde_json::from_str(text.expose_secret()).or(Err(CannotOpen))?;
    Ok(of_other_schemes(&answers.elsewhere))
}

/// Writes down why other help, declared elsewhere or given by ourselves, does not stand in the way, and what was seen of it: before the case goes to its approver.
pub async fn note_elsewhere(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, why, evidence): (CaseId, &str, &str),
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let (why, evidence) = (why.trim(), evidence.trim());
    if [why, evidence].iter().any(|text| text.is_empty() || text.chars().count() > LONGEST) {
        return Err(Refusal::Elsewhere.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, worker, case).await?;
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let status = open.case.status;
    // Of what was paid ahead it is written before the case goes to its approver, too.
    let before = [Status::Submitted, Status::Supplementing, Status::Accepted, Status::Visited];
    if !before.contains(&status) {
        return Err(Refusal::NotNow { status, step: Step::AskApproval }.into());
    }
    if declared(cx, &open.case)?.is_empty() && besides(&tx, &open.case, now).await?.is_empty() {
        return Err(Refusal::NothingElsewhere.into());
    }
    let id = ElsewhereNoteId::new(now);
    let row = id.to_string();
    let note = ElsewhereNote {
        id,
        case_id: case,
        why: cx.seal.seal(why_cell(&row), why)?,
        evidence: cx.seal.seal(evidence_cell(&row), evidence)?,
        written_by: worker.account().clone(),
        written_at: now,
    };
    store::stop::insert_note(&tx, note).await?;
    open.record(&tx, cx, By::from(worker), "aid.elsewhere_noted", now).await?;
    tx.commit().await?;
    Ok(())
}

/// What was written about other schemes: why not, and what was seen. Whoever shows it has opened the answers, which is recorded.
pub async fn notes(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    case: &Case,
) -> Result<Vec<(SecretString, SecretString)>, AidError> {
    if !worker.covers(case.place()) {
        return Err(AidError::NotFound);
    }
    let mut opened = Vec::new();
    for note in store::stop::notes(db, case.id).await? {
        let row = note.id.to_string();
        opened.push((
            cx.seal.open(why_cell(&row), &note.why)?,
            cx.seal.open(evidence_cell(&row), &note.evidence)?,
        ));
    }
    Ok(opened)
}
