//! Whoever has died is on no list any more, and what was reserved for him is free again, in the transaction that records the death.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{carry::pot, record};
use crate::{
    By, Context,
    authority::Worker,
    ids::{OutreachPlanId, OutreachStayId, PersonId},
    outreach::{Entry, EntryState, OutreachError, PlanState, Stay, store},
    person::{
        Died,
        death_undo::{self, Stopped},
    },
};

pub(crate) async fn on_death(
    tx: &DatabaseTransaction,
    cx: &Context,
    died: &Died,
    now: DateTime<Utc>,
) -> Result<Vec<Stopped>, DbErr> {
    for entry in store::entry::listed_of_person(tx, died.person).await? {
        match take_off(tx, cx, entry, now).await {
            Ok(()) => {}
            Err(OutreachError::Db(error)) => return Err(error),
            // A death is not written down while money of the dead might still go out.
            Err(error) => return Err(DbErr::Custom(error.to_string())),
        }
    }
    let mut ended = Vec::new();
    if let Some(stay) = store::stay::open_of(tx, died.person).await? {
        ended.push(Stopped::new(death_undo::Place::Stay, &stay.id));
        let to_on = Some(died.on.max(stay.from_on));
        store::stay::save(tx, Stay { to_on, ..stay }).await?;
    }
    Ok(ended)
}

/// There was no death. On a list that nobody has agreed to the person stands again. Of one that was agreed to the money is free by now, and
/// somebody puts him on another; which those are. What is settled stays as it was counted.
pub(crate) async fn on_undo(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<OutreachPlanId>, DbErr> {
    let mut elsewhere = Vec::new();
    for entry in store::entry::died_of_person(tx, person).await? {
        let Some(plan) = store::plan::locked(tx, entry.plan_id).await? else { continue };
        let (state, action) = match plan.state {
            PlanState::Draft | PlanState::Proposed => (EntryState::Listed, "outreach.put_back"),
            PlanState::Approved => (EntryState::LeftOut, "outreach.left_out"),
            PlanState::Settled | PlanState::Withdrawn => continue,
        };
        if state == EntryState::LeftOut {
            elsewhere.push(plan.id);
        }
        let written_by = worker.account().clone();
        store::entry::save(tx, Entry { state, written_by, updated_at: now, ..entry }).await?;
        record(tx, cx, By::from(worker), (action, &plan), now).await?;
    }
    Ok(elsewhere)
}

/// A stay in hospital goes on that a death had ended which was none. `false`: it cannot.
pub(crate) async fn stays(tx: &DatabaseTransaction, id: OutreachStayId) -> Result<bool, DbErr> {
    let Some(stay) = store::stay::locked(tx, id).await? else { return Ok(false) };
    if stay.ended_by.is_some() || store::stay::open_of(tx, stay.person_id).await?.is_some() {
        return Ok(false);
    }
    store::stay::save(tx, Stay { to_on: None, ..stay }).await?;
    Ok(true)
}

async fn take_off(
    tx: &DatabaseTransaction,
    cx: &Context,
    entry: Entry,
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let mut plan = store::plan::locked(tx, entry.plan_id).await?.ok_or(OutreachError::NotFound)?;
    // As it is now that nobody else changes it.
    let found = store::entry::locked(tx, entry.id).await?;
    let Some(entry) = found.filter(|entry| entry.state == EntryState::Listed) else { return Ok(()) };
    if plan.state == PlanState::Approved && entry.cash.is_positive() {
        let pot = pot(tx, &mut plan, now).await?;
        let key = format!("outreach.release/{}", entry.id);
        ledger::release(tx, &pot, entry.cash, &plan.subject(), &key, now).await?;
        plan.reserved = plan.reserved.checked_sub(entry.cash).unwrap_or(Fen::ZERO);
        store::plan::save(tx, plan.clone()).await?;
    }
    store::entry::save(tx, Entry { state: EntryState::Died, updated_at: now, ..entry }).await?;
    Ok(record(tx, cx, By::SYSTEM, ("outreach.taken_off", &plan), now).await?)
}
