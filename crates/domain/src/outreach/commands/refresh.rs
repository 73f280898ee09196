//! The list is made again: what differs is shown first, and nothing that anybody wrote is lost.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqlErr};

use super::{plan::reached, record};
use crate::{
    By, Context,
    authority::Worker,
    ids::{AccountId, OutreachEntryId, OutreachPlanId, PersonId},
    outreach::{
        Entry, EntryState, OutreachError, Plan, PlanState, Refusal,
        listing::{Wanted, wanted},
        store,
    },
};

/// What the list would be, against what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Who comes on it.
    pub comes: Vec<Wanted>,
    /// Who is on it by the standard, and would not be any more.
    pub goes: Vec<OutreachEntryId>,
    /// Who is on it, and gets something else or by another day.
    pub changes: Vec<(OutreachEntryId, Wanted)>,
}

impl Difference {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        self.comes.is_empty() && self.goes.is_empty() && self.changes.is_empty()
    }
}

/// Looks; changes nothing. Whom somebody added or left out stays so.
pub async fn difference(
    db: &impl ConnectionTrait,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Difference, OutreachError> {
    let mut fresh: HashMap<(PersonId, String), Wanted> =
        wanted(db, plan, now).await?.into_iter().map(|one| ((one.person, one.round.clone()), one)).collect();
    let mut found = Difference::default();
    for entry in store::entry::all_of_plan(db, plan.id).await? {
        let one = fresh.remove(&(entry.person_id, entry.round.clone()));
        // Whom somebody left out stays out, whom somebody added stays; whom the list itself left out may come again.
        let left_by_list = entry.state == EntryState::LeftOut && entry.reason.is_none() && !entry.by_hand;
        match one {
            Some(one) if left_by_list => found.changes.push((entry.id, one)),
            Some(one) if entry.state == EntryState::Listed && !entry.by_hand && differs(&entry, &one) => {
                found.changes.push((entry.id, one));
            }
            None if entry.state == EntryState::Listed && !entry.by_hand => found.goes.push(entry.id),
            _ => {}
        }
    }
    found.comes = fresh.into_values().collect();
    found.comes.sort_by_key(|one| (one.person, one.due_on));
    Ok(found)
}

fn differs(entry: &Entry, one: &Wanted) -> bool {
    (entry.standard_id, entry.unit_id, entry.due_on) != (Some(one.standard), one.unit, one.due_on)
        || (entry.cash, &entry.item, entry.item_value) != (one.cash, &one.item, one.item_value)
        || (entry.visitors, entry.tells) != (one.visitors, one.tells)
}

/// Makes the list again.
pub async fn refresh(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachPlanId,
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let plan = reached(&tx, worker, (id, PlanState::Draft)).await?;
    apply(&tx, worker.account(), &plan, now).await?;
    record(&tx, cx, By::from(worker), ("outreach.plan_refreshed", &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}

pub(super) async fn apply(
    tx: &DatabaseTransaction,
    by: &AccountId,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let Difference { comes, goes, changes } = difference(tx, plan, now).await?;
    for id in goes {
        let Some(entry) = store::entry::locked(tx, id).await? else { continue };
        let entry = Entry { state: EntryState::LeftOut, written_by: by.clone(), updated_at: now, ..entry };
        store::entry::save(tx, entry).await?;
    }
    for (id, one) in changes {
        let Some(entry) = store::entry::locked(tx, id).await? else { continue };
        let entry = gets(Entry { state: EntryState::Listed, ..entry }, one, by, now);
        store::entry::save(tx, entry).await.map_err(twice)?;
    }
    let fresh: Vec<Entry> = comes.into_iter().map(|one| listed(plan, one, by, now)).collect();
    store::entry::insert_all(tx, &fresh).await.map_err(twice)
}

/// Somebody was listed elsewhere in the meantime.
pub(super) fn twice(error: sea_orm::DbErr) -> OutreachError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::Twice.into(),
        _ => OutreachError::Db(error),
    }
}

pub(super) fn listed(plan: &Plan, one: Wanted, by: &AccountId, now: DateTime<Utc>) -> Entry {
    let entry = Entry {
        id: OutreachEntryId::new(now),
        plan_id: plan.id,
        person_id: one.person,
        round: one.round.clone(),
        unit_id: one.unit,
        standard_id: None,
        by_hand: false,
        reason: None,
        state: EntryState::Listed,
        due_on: one.due_on,
        cash: one.cash,
        item: None,
        item_value: one.item_value,
        visitors: one.visitors,
        tells: one.tells,
        worker: None,
        place_no: None,
        tries: 0,
        written_by: by.clone(),
        updated_at: now,
    };
    gets(entry, one, by, now)
}

fn gets(entry: Entry, one: Wanted, by: &AccountId, now: DateTime<Utc>) -> Entry {
    Entry {
        unit_id: one.unit,
        standard_id: Some(one.standard),
        due_on: one.due_on,
        cash: one.cash,
        item: one.item,
        item_value: one.item_value,
        visitors: one.visitors,
        tells: one.tells,
        written_by: by.clone(),
        updated_at: now,
        ..entry
    }
}
