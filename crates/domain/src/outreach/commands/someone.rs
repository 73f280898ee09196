//! Somebody is added to a list, left out of it, or put back, each for a reason. The reasons are sealed, and looking at one is written down.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;
use serde_json::json;

use super::{
    plan::reached,
    refresh::{listed, twice},
};
use crate::{
    Act, By, Context,
    authority::Worker,
    calendar::local_date,
    ids::{OutreachEntryId, OutreachPlanId, OutreachStandardId, PersonId},
    outreach::{
        Entry, EntryState, Occasion, OutreachError, Plan, PlanState, Refusal,
        entry::reason_cell,
        layers::in_force,
        listing::{Wanted, scope},
        store,
    },
    person::{self, leader},
};

/// The longest reason.
pub const LONGEST: usize = 200;

fn told(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST { Err(Refusal::NoReason) } else { Ok(reason) }
}

/// Adds somebody of the plan's places, who gets what a row of the standard says.
pub async fn add(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (plan, person, standard): (OutreachPlanId, PersonId, OutreachStandardId),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Entry, OutreachError> {
    let reason = told(reason)?;
    let tx = mailbox::transaction::write(db).await?;
    let plan = reached(&tx, worker, (plan, PlanState::Draft)).await?;
    let place = person::store::place_of(&tx, person).await?.ok_or(OutreachError::NotFound)?;
    if !worker.covers(place.clone()) || !scope(&plan).covers(&place) {
        return Err(OutreachError::NotFound);
    }
    let found = person::store::find(&tx, person).await?.filter(|one| one.merged_into.is_none());
    let person = found.filter(|one| !leader::is_guarded(one)).ok_or(OutreachError::NotFound)?;
    if !person.is_alive() {
        return Err(Refusal::Dead.into());
    }
    let rows = store::standard::of_occasion(&tx, plan.occasion).await?;
    let set = in_force(&rows, plan.occasion, &place.region, plan.on_day);
    let gets = set.into_iter().find(|one| one.row.id == standard).ok_or(Refusal::NotNow)?;
    let (round, day) = match plan.occasion {
        Occasion::Hospital => {
            let stay = store::stay::open_of(&tx, person.id).await?.ok_or(Refusal::Stay)?;
            (stay.round(), stay.from_on)
        }
        Occasion::Birthday => (plan.occasion.round(plan.year), plan.to_day),
        other => (other.round(plan.year), plan.on_day),
    };
    let one = Wanted {
        person: person.id,
        unit: person.unit_id,
        standard,
        round,
        due_on: plan.occasion.due(day, gets.terms.days),
        cash: gets.terms.cash,
        item: gets.terms.item,
        item_value: gets.terms.item_value,
        visitors: gets.terms.visitors,
        tells: gets.terms.tells,
    };
    let mine = store::entry::all_of_plan(&tx, plan.id).await?;
    let before = mine.into_iter().find(|entry| entry.person_id == person.id && entry.round == one.round);
    let (entry, new) = match before {
        Some(entry) if entry.state == EntryState::LeftOut => (entry, false),
        Some(_) => return Err(Refusal::Twice.into()),
        None => (listed(&plan, one, worker.account(), now), true),
    };
    let sealed = cx.seal.seal(reason_cell(&entry.id.to_string()), reason)?;
    let entry = Entry {
        state: EntryState::Listed,
        by_hand: true,
        reason: Some(sealed),
        written_by: worker.account().clone(),
        updated_at: now,
        ..entry
    };
    if new {
        store::entry::insert_all(&tx, std::slice::from_ref(&entry)).await.map_err(twice)?;
    } else {
        store::entry::save(&tx, entry.clone()).await.map_err(twice)?;
    }
    record(&tx, cx, worker, ("outreach.added", &entry), now).await?;
    tx.commit().await?;
    Ok(entry)
}

/// Leaves somebody out.
pub async fn leave_out(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, reason): (OutreachEntryId, &str),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let reason = told(reason)?;
    let tx = mailbox::transaction::write(db).await?;
    let (_, entry) = entry(&tx, worker, id).await?;
    if entry.state != EntryState::Listed {
        return Err(Refusal::NotNow.into());
    }
    let sealed = cx.seal.seal(reason_cell(&id.to_string()), reason)?;
    let entry = Entry {
        state: EntryState::LeftOut,
        reason: Some(sealed),
        written_by: worker.account().clone(),
        updated_at: now,
        ..entry
    };
    store::entry::save(&tx, entry.clone()).await?;
    record(&tx, cx, worker, ("outreach.left_out", &entry), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts somebody back who was left out.
pub async fn put_back(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachEntryId,
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let (_, entry) = entry(&tx, worker, id).await?;
    let person = person::store::find(&tx, entry.person_id).await?.ok_or(OutreachError::NotFound)?;
    if !person.is_alive() {
        return Err(Refusal::Dead.into());
    }
    if entry.state != EntryState::LeftOut {
        return Err(Refusal::NotNow.into());
    }
    let entry = Entry {
        state: EntryState::Listed,
        reason: None,
        written_by: worker.account().clone(),
        updated_at: now,
        ..entry
    };
    store::entry::save(&tx, entry.clone()).await.map_err(twice)?;
    record(&tx, cx, worker, ("outreach.put_back", &entry), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Why somebody was added or left out. `None`: no reason is kept.
pub async fn reason(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachEntryId,
    now: DateTime<Utc>,
) -> Result<Option<SecretString>, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let entry = store::entry::find(&tx, id).await?.ok_or(OutreachError::NotFound)?;
    covered(&tx, worker, entry.person_id).await?;
    let Some(sealed) = &entry.reason else { return Ok(None) };
    let said = cx.seal.open(reason_cell(&id.to_string()), sealed)?;
    record(&tx, cx, worker, ("outreach.reason_read", &entry), now).await?;
    tx.commit().await?;
    Ok(Some(said))
}

/// Does the worker's role reach the person where he is now?
pub(super) async fn covered(
    tx: &DatabaseTransaction,
    worker: &Worker,
    person: PersonId,
) -> Result<(), OutreachError> {
    let place = person::store::place_of(tx, person).await?.ok_or(OutreachError::NotFound)?;
    if worker.covers(place) { Ok(()) } else { Err(OutreachError::NotFound) }
}

/// Somebody on a list that may still be changed.
async fn entry(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: OutreachEntryId,
) -> Result<(Plan, Entry), OutreachError> {
    let found = store::entry::find(tx, id).await?.ok_or(OutreachError::NotFound)?;
    covered(tx, worker, found.person_id).await?;
    let plan = reached(tx, worker, (found.plan_id, PlanState::Draft)).await?;
    let entry = store::entry::locked(tx, id).await?.ok_or(OutreachError::NotFound)?;
    Ok((plan, entry))
}

pub(super) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, entry): (&'static str, &Entry),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("person/{}", entry.person_id),
        detail: json!({ "plan": entry.plan_id, "entry": entry.id }),
    };
    Ok(cx.record(tx, act, now).await?)
}

/// The day in the province, for what cannot lie ahead.
pub(super) fn not_ahead(day: chrono::NaiveDate, now: DateTime<Utc>) -> Result<(), Refusal> {
    if day > local_date(now) { Err(Refusal::Day) } else { Ok(()) }
}
