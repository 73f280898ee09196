//! Those who left without our hearing of it. One free call tells how many people the tenant has. When that number moves against ours,
//! or when ten minutes are over, the ids of every department are read, and each login that is missing is asked about: only the
//! platform's word that there is no such person ends it.
//!
//! So a leaver whose event was lost is out after one look and one reading of ids: with the default of 20 s, and departments read at
//! the plan's pace, within a minute for up to some 400 departments. Only when somebody else joined in the same seconds, and both
//! events were lost, it takes the ten minutes.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{Client, DeptId, Error};
use domain::{
    directory::{commands, store},
    ids::AccountId,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use mailbox::point;

use super::Directory;
use crate::app::Db;

/// Ids are read at least this often.
const SWEEP: TimeDelta = TimeDelta::minutes(10);
/// More that are missing are a matter for a walk, which stops and asks.
const MOST: usize = 200;
/// A walk for such a reason is not repeated for so long.
const REPEAT: TimeDelta = TimeDelta::hours(1);
/// Departments read side by side.
const WIDTH: usize = 8;
/// There is no such person (any more).
const NO_SUCH_USER: &str = "60121";
/// There is no such department (any more).
const NO_SUCH_DEPARTMENT: &str = "60003";

impl Directory {
    /// One look. Says how many it found to have left.
    pub async fn leavers(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        if self.settings.watch_seconds == 0 {
            return Ok(0);
        }
        let every = TimeDelta::seconds(self.settings.watch_seconds.into());
        let Some(before) = store::watch::look(&self.db, every, now).await? else { return Ok(0) };
        let theirs = self.client.contact().count(false).await?;
        let ours = store::active(&self.db).await?;
        let still = before.difference == Some(theirs - length(&ours));
        if still && before.swept_at.is_some_and(|at| now - at < SWEEP) {
            return Ok(0);
        }
        let left = self.sweep(&ours, now).await?;
        let ours = store::active(&self.db).await?;
        point("leavers.swept").await?;
        store::watch::swept(&self.db, theirs - length(&ours), now).await?;
        // What was found is done: nothing calls for another round at once.
        if left > 0 {
            metrics::counter!("directory_leavers_found").increment(u64::try_from(left)?);
        }
        Ok(0)
    }

    async fn sweep(&self, ours: &BTreeSet<AccountId>, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let there = ids(&self.db, &self.client).await?;
        point("leavers.read").await?;
        let kept = store::kept(&self.db).await?;
        let missing: Vec<&AccountId> =
            ours.iter().filter(|account| !there.contains(*account) && !kept.contains(*account)).collect();
        let mut gone = Vec::new();
        if missing.len() <= MOST {
            for account in &missing {
                if is_gone(&self.client, account).await? {
                    gone.push(*account);
                }
            }
        }
        if missing.len() > MOST || self.rail().stops(ours.len(), gone.len()) {
            let newest = store::runs(&self.db, 1).await?.into_iter().next();
            if newest.is_none_or(|run| now - run.started_at > REPEAT) {
                self.sync(now).await?;
            }
            return Ok(0);
        }
        let mut left = 0;
        for account in gone {
            left += usize::from(commands::gone(&self.db, &self.cx, account, now, now).await?);
            point("leavers.gone").await?;
        }
        Ok(left)
    }
}

fn length(ours: &BTreeSet<AccountId>) -> i64 {
    i64::try_from(ours.len()).unwrap_or(i64::MAX)
}

/// The ids of everybody, as far as departments are known. Who is in a newer one is asked about, and found.
async fn ids(db: &Db, client: &Client) -> anyhow::Result<BTreeSet<AccountId>> {
    let known = store::departments(db).await?;
    let departments: Vec<DeptId> = if known.is_empty() {
        all_departments(client).await?
    } else {
        known.into_keys().map(|id| DeptId(id.0)).collect()
    };
    let read = async |id| match client.contact().user_ids(id).await {
        Err(Error::Refused { code, .. }) if code == NO_SUCH_DEPARTMENT => Ok(Vec::new()),
        read => read,
    };
    let lists: Vec<_> = stream::iter(departments).map(read).buffer_unordered(WIDTH).try_collect().await?;
    Ok(lists.into_iter().flatten().filter_map(|id| AccountId::parse(id.as_str())).collect())
}

async fn all_departments(client: &Client) -> Result<Vec<DeptId>, Error> {
    let (mut all, mut next) = (vec![DeptId::ROOT], 0);
    while let Some(id) = all.get(next).copied() {
        next += 1;
        let below = client.contact().department_ids(id).await?;
        let new: Vec<DeptId> = below.into_iter().filter(|id| !all.contains(id)).collect();
        all.extend(new);
    }
    Ok(all)
}

async fn is_gone(client: &Client, account: &AccountId) -> anyhow::Result<bool> {
    match client.contact().user(&account.as_str().parse()?).await {
        Ok(_) => Ok(false),
        Err(Error::Refused { code, .. }) => Ok(code == NO_SUCH_USER),
        Err(error) => Err(error.into()),
    }
}
