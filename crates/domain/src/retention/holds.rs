//! 冻结: placed at once by one worker, lifted by two. It holds against rules, lists that were approved before it, and granted wishes.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{
    Hold, Over, find, hold,
    holding::{Holding, Touched},
    refusal::{RetentionError, RetentionRefusal},
    rules::{DOCUMENT, is_province},
};
use crate::{
    Act, By, Context, aid,
    authority::{Place, Worker},
    ids::{HoldId, PersonId},
    person,
};

use super::proposing::REASON;

/// What is to be held.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// What.
    pub over: Over,
    /// Why.
    pub reason: String,
    /// By which document.
    pub document: String,
}

/// Places one. Once this has answered, nothing goes that it holds.
pub async fn place(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewHold,
    now: DateTime<Utc>,
) -> Result<Hold, RetentionError> {
    let (reason, document) = (new.reason.trim(), new.document.trim());
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(RetentionRefusal::NoReason.into());
    }
    if document.is_empty() || document.chars().count() > DOCUMENT {
        return Err(RetentionRefusal::NoDocument.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    // A step that is under way ends first; the next one sees this hold.
    super::gate(&tx).await?;
    if !reaches(&tx, worker, &new.over).await? {
        return Err(RetentionRefusal::NothingToHold.into());
    }
    let (mut person_id, mut case_id, mut class, mut unit_id) = (None, None, None, None);
    match new.over {
        Over::Person(id) => person_id = Some(id),
        Over::Case(id) => case_id = Some(id),
        Over::Class(code) => class = Some(code),
        Over::Unit(id) => unit_id = Some(id),
    }
    let row = Hold {
        id: HoldId::new(now),
        person_id,
        case_id,
        class,
        unit_id,
        reason: reason.to_owned(),
        document: document.to_owned(),
        placed_by: worker.account().clone(),
        placed_at: now,
        asked_by: None,
        asked_at: None,
        asked_why: None,
        lifted_by: None,
        lifted_at: None,
    };
    let row = hold::insert(&tx, row).await?;
    record(&tx, cx, worker, ("retention.hold_placed", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

/// The first of two: asks for lifting it, and says why. It holds on.
pub async fn ask_lift(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, why): (HoldId, &str),
    now: DateTime<Utc>,
) -> Result<(), RetentionError> {
    let why = why.trim();
    if why.is_empty() || why.chars().count() > REASON {
        return Err(RetentionRefusal::NoReason.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut row = reached(&tx, worker, id).await?;
    if !row.is_live() || row.asked_by.is_some() {
        return Err(RetentionRefusal::HoldNotNow.into());
    }
    (row.asked_by, row.asked_at) = (Some(worker.account().clone()), Some(now));
    row.asked_why = Some(why.to_owned());
    hold::save(&tx, row.clone()).await?;
    record(&tx, cx, worker, ("retention.hold_lift_asked", &row), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The second of two: lifts it.
pub async fn lift(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: HoldId,
    now: DateTime<Utc>,
) -> Result<(), RetentionError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut row = reached(&tx, worker, id).await?;
    if !row.is_live() {
        return Err(RetentionRefusal::HoldNotNow.into());
    }
    let asked = row.asked_by.clone().ok_or(RetentionRefusal::NotAsked)?;
    if worker.is(&asked) {
        return Err(RetentionRefusal::SameHand.into());
    }
    (row.lifted_by, row.lifted_at) = (Some(worker.account().clone()), Some(now));
    hold::save(&tx, row.clone()).await?;
    record(&tx, cx, worker, ("retention.hold_lifted", &row), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &mailbox::transaction::Transaction,
    cx: &Context,
    worker: &Worker,
    (action, hold): (&'static str, &Hold),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    // Of a person or a case the row says so where it is looked for.
    let subject = match (hold.person_id, hold.case_id) {
        (Some(person), _) => format!("person/{person}"),
        (_, Some(case)) => format!("aid_case/{case}"),
        _ => format!("hold/{}", hold.id),
    };
    let act = Act { by: By::from(worker), action, subject, detail: json!({ "hold": hold.id }) };
    cx.record(tx, act, now).await
}

/// A hold where the worker works; others do not exist.
async fn reached(
    tx: &mailbox::transaction::Transaction,
    worker: &Worker,
    id: HoldId,
) -> Result<Hold, RetentionError> {
    let row = hold::locked(tx, id).await?.ok_or(RetentionError::NotFound)?;
    let over = row.over().ok_or(RetentionError::NotFound)?;
    if reaches(tx, worker, &over).await? { Ok(row) } else { Err(RetentionError::NotFound) }
}

/// Does the worker work there? A class is all of it, so the province's.
pub async fn reaches(db: &impl ConnectionTrait, worker: &Worker, over: &Over) -> Result<bool, DbErr> {
    let place: Option<Place> = match over {
        Over::Class(code) => return Ok(is_province(worker.scope()) && find(code).is_some()),
        Over::Person(id) => person::store::place_of(db, *id).await?,
        Over::Unit(id) => person::store::find_unit(db, *id).await?.map(|unit| unit.place()),
        Over::Case(id) => {
            aid::store::case::find(db, *id).await?.map(|case| Place::of_unit(case.region, case.unit_id))
        }
    };
    Ok(place.is_some_and(|place| worker.covers(place)))
}

/// Is everything of a person held: by name, or with the unit?
pub async fn over_person(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Hold>, DbErr> {
    let Some(person) = person::store::find(db, id).await? else { return Ok(None) };
    let people = [Some(id), person.merged_into].into_iter().flatten().collect();
    let touched = Touched { people, units: [person.unit_id].into(), ..Touched::default() };
    match Holding::load(db).await?.over("", &touched) {
        Some(hold) => hold::find(db, hold).await,
        None => Ok(None),
    }
}
