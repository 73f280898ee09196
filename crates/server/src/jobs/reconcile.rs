//! 审批对账: everything that the platform lists of our form in a window of time, held against our rounds. At the end of each day; after
//! all servers were away; and instead of asking about each silent round when there are many. A window costs three counted calls and one
//! more for each twenty instances, whatever happened in it.

use std::{collections::BTreeMap, pin::pin};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use dingtalk::{
    Client, Error, ProcessCode,
    workflow::{InstanceStatus, Search},
};
use domain::{
    aid::{
        reconcile::{
            Stands,
            commands::{self, STALE},
            store,
        },
        store as aid,
    },
    calendar::{local_date, local_time},
};
use futures_util::TryStreamExt;
use mailbox::point;

use super::approvals::MANY;
use crate::{app::Db, callback::Incoming};

/// No server was alive for so long: something may have been missed.
const DOWN: TimeDelta = TimeDelta::minutes(2);
/// What is younger may still be on its way to us.
const SETTLED: TimeDelta = TimeDelta::minutes(10);
/// The day's check looks back so far, or to the longest open round.
const BACK: TimeDelta = TimeDelta::hours(48);
/// The platform lists nothing older than a year.
const OLDEST: TimeDelta = TimeDelta::days(360);

/// Holds the platform's instances against our rounds.
#[derive(Clone)]
pub struct Reconcile {
    /// Rows.
    pub db: Db,
    /// The platform.
    pub client: Client,
    /// The form.
    pub form: ProcessCode,
}

impl Reconcile {
    /// One round. Always zero: what it found is work for the inbox, or for a clerk.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        commands::caught_up(&self.db, now).await?;
        if let Some(left) = store::undone(&self.db, now - STALE).await? {
            self.check(&left.slot, left.from_at, now).await?;
        }
        let seen = store::beat(&self.db, now).await?;
        let oldest = store::oldest_open(&self.db).await?;
        if let Some(seen) = seen.filter(|seen| now - *seen > DOWN) {
            self.check(&format!("down/{}", seen.timestamp()), oldest.unwrap_or(seen).min(seen), now).await?;
        }
        // Half an hour before midnight, so that what it finds is explained on the same day.
        if NaiveTime::from_hms_opt(23, 30, 0).is_some_and(|evening| local_time(now) >= evening) {
            let from = (now - BACK).min(oldest.unwrap_or(now));
            self.check(&format!("day/{}", local_date(now)), from, now).await?;
        }
        let limit = u64::try_from(MANY)? + 1;
        if let Some(oldest) = oldest
            && aid::approval::to_check(&self.db, now - SETTLED, limit).await?.len() > MANY
        {
            self.check(&format!("many/{}", now.timestamp() / 3600), oldest, now).await?;
        }
        Ok(0)
    }

    async fn check(&self, slot: &str, from: DateTime<Utc>, now: DateTime<Utc>) -> anyhow::Result<()> {
        let (from, until) = (from.max(now - OLDEST), now - SETTLED);
        if from >= until {
            return Ok(());
        }
        let Some(check) = commands::begin(&self.db, slot, (from, until), now).await? else { return Ok(()) };
        point("check.begun").await?;
        let listed = self.listed(check.from_at, until).await?;
        point("check.listed").await?;
        let ask = |instance: &str| {
            let key = format!("check/{instance}/{slot}");
            Incoming::Ended { instance: instance.parse().ok()? }.item("reconciliation", key).ok()
        };
        let late = commands::settle(&self.db, &check, &listed, ask, now).await?;
        metrics::counter!("approval_checks").increment(1);
        metrics::counter!("approvals_late").increment(u64::try_from(late)?);
        Ok(())
    }

    /// Every instance of the form that was made in the window, and where it stands.
    async fn listed(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<BTreeMap<String, Stands>, Error> {
        let mut listed = BTreeMap::new();
        // All first: what ends in between is asked about later in the same check, or by the next.
        for (statuses, stands) in [
            (Vec::new(), Stands::Open),
            (vec![InstanceStatus::Completed], Stands::Decided),
            (vec![InstanceStatus::Terminated], Stands::Withdrawn),
        ] {
            let search =
                Search { process_code: self.form.clone(), from, until, originators: Vec::new(), statuses };
            let mut ids = pin!(self.client.workflow().ids(&search));
            while let Some(id) = ids.try_next().await? {
                listed.insert(id.to_string(), stands);
            }
        }
        Ok(listed)
    }
}
