//! Who goes to whom: the ways, by what is on record about places.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{plan::reached, record};
use crate::{
    By, Context,
    authority::{self, Role, Worker},
    ids::{AccountId, OutreachEntryId, OutreachPlanId, PersonId, RegionCode},
    outreach::{
        Entry, EntryState, OutreachError, Plan, PlanState, Refusal,
        route::{Stop, ways},
        store,
    },
    person,
};

/// The most who share a plan.
const MOST: usize = 60;

/// Shares those who are still to be seen among some workers of the place, each with the own way. Doing it again shares what is left.
pub async fn share(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, who): (OutreachPlanId, &[AccountId]),
    now: DateTime<Utc>,
) -> Result<Plan, OutreachError> {
    let tx = mailbox::transaction::write(db).await?;
    let plan = reached(&tx, worker, (id, PlanState::Approved)).await?;
    let there = authority::store::holders(&tx, Role::Worker, &plan.place(), now).await?;
    let mut goers: Vec<&AccountId> = who.iter().filter(|one| there.contains(one)).collect();
    goers.sort();
    goers.dedup();
    if goers.is_empty() || goers.len() > MOST {
        return Err(Refusal::NoWorkers.into());
    }
    let mut open: HashMap<OutreachEntryId, Entry> = store::entry::all_of_plan(&tx, id)
        .await?
        .into_iter()
        .filter(|entry| entry.state == EntryState::Listed)
        .map(|entry| (entry.id, entry))
        .collect();
    let ids: Vec<PersonId> = open.values().map(|entry| entry.person_id).collect();
    let homes: HashMap<PersonId, Option<RegionCode>> = person::store::find_all(&tx, &ids)
        .await?
        .into_iter()
        .map(|person| (person.id, person.residence))
        .collect();
    let stop = |entry: &Entry| Stop { who: entry.id, place: homes.get(&entry.person_id).cloned().flatten() };
    let mut stops: Vec<_> = open.values().map(stop).collect();
    stops.sort_by_key(|stop| stop.who);
    // People live outside the county, too.
    let province = plan.region.as_str().get(..2).and_then(RegionCode::parse).unwrap_or(plan.region.clone());
    let points = store::point::within(&tx, &province).await?;
    for (way, goer) in ways(&stops, &points, goers.len()).into_iter().zip(goers) {
        for (no, id) in (1..).zip(way) {
            let Some(entry) = open.remove(&id) else { continue };
            let entry = Entry { worker: Some(goer.clone()), place_no: Some(no), updated_at: now, ..entry };
            store::entry::save(&tx, entry).await?;
        }
    }
    record(&tx, cx, By::from(worker), ("outreach.shared", &plan), now).await?;
    tx.commit().await?;
    Ok(plan)
}
