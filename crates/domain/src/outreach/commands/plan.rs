//! Beginning a plan, asking for the approval, taking it back.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{record, refresh::apply};
use crate::{
    By, Context,
    authority::{Place, Worker},
    calendar::local_date,
    ids::{OutreachPlanId, RegionCode, UnitId},
    outreach::{EntryState, Occasion, OutreachError, Plan, PlanState, Refusal, store},
    person,
};

/// Whose people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of a county, all of them.
    County(RegionCode),
    /// Of one managing unit.
    Unit(UnitId),
}

/// A plan to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// On which occasion.
    pub occasion: Occasion,
    /// Whose people.
    pub whose: Whose,
    /// Of which year.
    pub year: i32,
    /// Of which month's birthdays.
    pub month: u32,
}

/// The length of a county's code: a region that is larger has plans of its units, and each county its own.
const COUNTY: usize = 6;

/// Begins one; its list is made at once.
pub async fn make(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewPlan,
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let today = local_date(now);
    let (first, last) = days(&new, today)?;
    let tx = mailbox::transaction::write(db).await?;
    let (region, unit_id) = match new.whose {
        Whose::County(region) if region.as_str().len() < COUNTY => return Err(Refusal::TooWide.into()),
        Whose::County(region) => (region, None),
        Whose::Unit(id) => {
            let unit = person::store::find_unit(&tx, id).await?.ok_or(OutreachError::NotFound)?;
            (unit.region, Some(id))
        }
    };
    let place = unit_id.map_or_else(|| Place::from(&region), |id| Place::of_unit(region.clone(), id));
    if !worker.covers(place) || unit_id == Some(person::leader::unit_id()) {
        return Err(OutreachError::NotFound);
    }
    let plan = Plan {
        id: OutreachPlanId::new(now),
        occasion: new.occasion,
        region,
        unit_id,
        year: first.year(),
        on_day: first,
        to_day: last,
        budget_year: first.year(),
        state: PlanState::Draft,
        reserved: Fen::ZERO,
        paid: Fen::ZERO,
        made_by: worker.account().clone(),
        made_at: now,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        settled_by: None,
        settled_at: None,
    };
    let plan = store::plan::insert(&tx, plan).await?;
    apply(&tx, worker.account(), &plan, now).await?;
    record(&tx, cx, By::from(worker), ("outreach.plan_made", &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}

/// Neither of long ago nor far ahead. 住院 is about now.
fn days(new: &NewPlan, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Refusal> {
    if new.occasion == Occasion::Hospital {
        return Ok((today, today));
    }
    let (first, last) = new.occasion.span(new.year, new.month).ok_or(Refusal::NoDay)?;
    let near = last >= today && (first.year() - today.year()).abs() <= 1;
    if near { Ok((first, last)) } else { Err(Refusal::NoDay) }
}

/// The plan, locked, if the worker's role reaches it and it is in this state.
pub(super) async fn reached(
    tx: &DatabaseTransaction,
    worker: &Worker,
    (id, state): (OutreachPlanId, PlanState),
) -> Result<Plan, OutreachError> {
    let found = store::plan::locked(tx, id).await?.filter(|plan| worker.covers(plan.place()));
    let plan = found.ok_or(OutreachError::NotFound)?;
    if plan.state == state { Ok(plan) } else { Err(Refusal::NotNow.into()) }
}

/// Asks for the approval. From then on nobody changes the list.
pub async fn submit(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachPlanId,
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let plan = reached(&tx, worker, (id, PlanState::Draft)).await?;
    let entries = store::entry::all_of_plan(&tx, id).await?;
    if !entries.iter().any(|entry| entry.state == EntryState::Listed) {
        return Err(Refusal::Nobody.into());
    }
    let plan = Plan {
        state: PlanState::Proposed,
        proposed_by: Some(worker.account().clone()),
        proposed_at: Some(now),
        decided_by: None,
        decided_at: None,
        ..plan
    };
    store::plan::save(&tx, plan.clone()).await?;
    record(&tx, cx, By::from(worker), ("outreach.plan_proposed", &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}

/// Takes a plan back that nobody has agreed to. Its people are free for another.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: OutreachPlanId,
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = store::plan::locked(&tx, id).await?.filter(|plan| worker.covers(plan.place()));
    let plan = found.ok_or(OutreachError::NotFound)?;
    match plan.state {
        PlanState::Withdrawn => return Ok(plan),
        PlanState::Approved | PlanState::Settled => return Err(Refusal::NotNow.into()),
        PlanState::Draft | PlanState::Proposed => {}
    }
    for mut entry in store::entry::all_of_plan(&tx, id).await? {
        if entry.state == EntryState::Listed {
            entry.state = EntryState::LeftOut;
            (entry.written_by, entry.updated_at) = (worker.account().clone(), now);
            store::entry::save(&tx, entry).await?;
        }
    }
    let plan = Plan { state: PlanState::Withdrawn, ..plan };
    store::plan::save(&tx, plan.clone()).await?;
    record(&tx, cx, By::from(worker), ("outreach.plan_withdrawn", &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}
