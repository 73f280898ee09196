//! Whoever has died is on no list any more, and what was reserved for him is free again, in the transaction that records the death.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{carry::pot, record};
use crate::{
    By, Context,
    outreach::{Entry, EntryState, OutreachError, PlanState, store},
    person::Died,
};

pub(crate) async fn on_death(
    tx: &DatabaseTransaction,
    cx: &Context,
    died: &Died,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for entry in store::entry::listed_of_person(tx, died.person).await? {
        match take_off(tx, cx, entry, now).await {
            Ok(()) => {}
            Err(OutreachError::Db(error)) => return Err(error),
            // A death is not written down while money of the dead might still go out.
            Err(error) => return Err(DbErr::Custom(error.to_string())),
        }
    }
    if let Some(stay) = store::stay::open_of(tx, died.person).await? {
        let to_on = Some(died.on.max(stay.from_on));
        store::stay::save(tx, crate::outreach::Stay { to_on, ..stay }).await?;
    }
    Ok(())
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
