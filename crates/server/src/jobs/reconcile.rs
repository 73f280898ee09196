//! 审批对账: everything that the platform lists of our form in a window of time, held against our rounds. At the end of each day; after
//! all servers were away; and instead of asking about each silent round when there are many. A window costs three counted calls and one
//! more for each twenty instances, whatever happened in it.
//!
//! Besides, while anything waits there, a sweep every few minutes: which instances still run? One that waits here and runs there no more
//! is read, so that an end of which the news was lost is ours within ten minutes. It costs one counted call for each twenty that run; so at
//! night, on days off and when the month gets short it takes a fifth of the month's calls at most and comes less often.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
};

use chrono::{DateTime, NaiveTime, TimeDelta, Timelike, Utc};
use dingtalk::{
    Client, Error, ProcessCode,
    workflow::{InstanceStatus, Search},
};
use domain::{
    Context,
    aid::{
        reconcile::{
            Stands,
            commands::{self, LISTED, STALE},
            day, store,
        },
        store as aid,
    },
    calendar::{Calendar, local_date, local_time},
    quota::{self, Level, Limits},
};
use futures_util::TryStreamExt;
use mailbox::{inbox, point};

use super::approvals::MANY;
use crate::{app::Db, callback::Incoming};

/// No server was alive for so long: something may have been missed.
const DOWN: TimeDelta = TimeDelta::minutes(2);
/// What is younger may still be on its way to us.
const SETTLED: TimeDelta = TimeDelta::minutes(10);
/// Between two sweeps. With the time that a sweep and the reading take, it is below ten minutes.
const SWEEP: TimeDelta = TimeDelta::minutes(8);
/// When approvers are at work, on working days.
const AT_WORK: std::ops::Range<u32> = 7..20;
/// At other times sweeps take one call of so many of the month.
const SHARE: i64 = 5;
/// Minutes of the longest month.
const MONTH: i64 = 31 * 24 * 60;
/// The day's check looks back so far, or to the longest open round.
const BACK: TimeDelta = TimeDelta::hours(48);
/// The platform lists nothing older than a year.
const OLDEST: TimeDelta = TimeDelta::days(360);

/// Holds the platform's instances against our rounds.
#[derive(Clone)]
pub struct Reconcile {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
    /// The platform.
    pub client: Client,
    /// The form.
    pub form: ProcessCode,
    /// What of the month is left.
    pub limits: Limits,
}

impl Reconcile {
    /// One round. Always zero: what it found is work for the inbox, or for a clerk.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        commands::caught_up(&self.db, now).await?;
        day::close_days(&self.db, &self.cx, now).await?;
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
        // Last: what a check finds late is its to say.
        self.sweep(now).await?;
        Ok(0)
    }

    /// Reads whatever waits here and runs there no more. One server at a time, and nobody when nothing waits.
    async fn sweep(&self, now: DateTime<Utc>) -> anyhow::Result<()> {
        let waiting = store::waiting(&self.db, now - LISTED).await?;
        let Some(oldest) = waiting.first().map(|round| round.asked_at.max(now - OLDEST)) else {
            return Ok(());
        };
        if !store::sweep(&self.db, now - self.every(now).await?, now).await? {
            return Ok(());
        }
        let running = self.of(oldest - LISTED, now, vec![InstanceStatus::Running]).await?;
        let slot = now.timestamp() / 60;
        let mut items = Vec::new();
        for instance in waiting.iter().filter_map(|round| round.instance_id.as_deref()) {
            if let (false, Ok(id)) = (running.contains(instance), instance.parse()) {
                let moved = Incoming::Moved { instance: id, form: None };
                items.push(moved.item("reconciliation", format!("sweep/{instance}/{slot}"))?);
            }
        }
        inbox::accept_all(&self.db, &items, now).await?;
        metrics::counter!("approvals_swept").increment(u64::try_from(items.len())?);
        Ok(())
    }

    /// Between two sweeps now.
    async fn every(&self, now: DateTime<Utc>) -> anyhow::Result<TimeDelta> {
        let month = quota::figures(&self.db, &self.limits, now).await?;
        let works = AT_WORK.contains(&local_time(now).hour())
            && Calendar::load(&self.db).await?.is_working(local_date(now));
        if works && month.level == Level::Plenty {
            return Ok(SWEEP);
        }
        Ok(SWEEP.max(TimeDelta::minutes(MONTH * SHARE / month.budget.calls.max(1))))
    }

    async fn check(&self, slot: &str, from: DateTime<Utc>, now: DateTime<Utc>) -> anyhow::Result<()> {
        let (from, until) = (from.max(now - OLDEST), now - SETTLED);
        if from >= until {
            return Ok(());
        }
        let Some(check) = commands::begin(&self.db, slot, (from, until), now).await? else { return Ok(()) };
        point("check.begun").await?;
        // By the platform's clock, which need not be ours.
        let mut listed = self.listed(check.from_at - LISTED, until).await?;
        let unlisted = commands::unlisted(&self.db, &check, &listed).await?;
        if !unlisted.is_empty() {
            // What waited here before it was sent was made later than the window says.
            let later = self.listed(until, now).await?;
            listed.extend(later.into_iter().filter(|(instance, _)| unlisted.contains_key(instance)));
        }
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
            listed.extend(self.of(from, until, statuses).await?.into_iter().map(|id| (id, stands)));
        }
        Ok(listed)
    }

    /// Those that were made in the window and stand there; all when nothing is said.
    async fn of(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        statuses: Vec<InstanceStatus>,
    ) -> Result<BTreeSet<String>, Error> {
        let process_code = self.form.clone();
        let search = Search { process_code, from, until, originators: Vec::new(), statuses };
        let mut ids = pin!(self.client.workflow().ids(&search));
        let mut found = BTreeSet::new();
        while let Some(id) = ids.try_next().await? {
            found.insert(id.to_string());
        }
        Ok(found)
    }
}
