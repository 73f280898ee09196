//! Events that DingTalk pushed while we were away: it keeps them in a list. They go through the same inbox under the same keys.
//!
//! Each question is a counted call, so one server asks for all: when one begins, after all were away, and else so rarely that a list with nothing in it
//! costs a tenth of the month at most. What cannot wait so long has its own watch: approvals are swept (`reconcile.rs`), leavers are looked
//! for (`directory`).

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::Client;
use dingtalk_callback::Event;
use domain::{
    missed::{LISTED, store},
    quota::{self, Level, Limits},
};
use mailbox::{inbox, point};
use serde_json::Value;

use crate::{app::Db, callback::Incoming};

/// Questions take one call of so many of the month.
const SHARE: i64 = 10;
/// Minutes of the longest month.
const MONTH: i64 = 31 * 24 * 60;
/// The most pages of one round: an endless list must not hold us. Each call clears what the one before has shown.
const PAGES: usize = 20;
/// No event has a longer key; one that had would keep the others out.
const LONGEST: usize = 150;

/// Fetches missed events.
#[derive(Clone)]
pub struct FailedEvents {
    /// Rows.
    db: Db,
    /// The platform.
    client: Client,
    /// What of the month is left.
    limits: Limits,
    /// What was fetched and could not be stored. Reading may have emptied the platform's list.
    unsaved: Arc<Mutex<Vec<Value>>>,
    /// It has not looked yet.
    begins: Arc<AtomicBool>,
}

impl FailedEvents {
    /// With nothing fetched yet.
    pub fn new(db: Db, client: Client, limits: Limits) -> Self {
        Self { db, client, limits, unsaved: Arc::default(), begins: Arc::new(AtomicBool::new(true)) }
    }

    /// One round. Always zero: what it found is work for the inbox, not for itself.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        self.keep(now).await?;
        let question = store::claim(&self.db, self.begins.load(Ordering::Relaxed), now).await?;
        self.begins.store(false, Ordering::Relaxed);
        let Some(question) = question else { return Ok(0) };
        // It would be refused.
        if quota::figures(&self.db, &self.limits, now).await?.level == Level::UsedUp {
            return Ok(0);
        }
        let asked = self.ask(now).await;
        // What nobody has heard is asked again soon. What was refused may have been counted, and would be refused again.
        if asked.is_ok() || asked.as_ref().is_err_and(is_refused) {
            store::answered(&self.db, question, now + self.every()).await?;
        }
        asked.map(|()| 0)
    }

    /// The longest list there can be, page by page.
    async fn ask(&self, now: DateTime<Utc>) -> anyhow::Result<()> {
        let mut before = Vec::new();
        for _ in 0..PAGES {
            let page = self.client.events().failed().await?;
            // The same page again: reading does not consume it.
            if page.failed_list.is_empty() || page.failed_list == before {
                break;
            }
            self.unsaved().extend(page.failed_list.iter().cloned());
            point("missed.fetched").await?;
            self.keep(now).await?;
            if !page.has_more {
                break;
            }
            before = page.failed_list;
        }
        Ok(())
    }

    /// Between two questions, when nobody was away.
    fn every(&self) -> TimeDelta {
        LISTED.max(TimeDelta::minutes(MONTH * SHARE / self.limits.budget.calls.max(1)))
    }

    fn unsaved(&self) -> MutexGuard<'_, Vec<Value>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores what was fetched; all of it waits for the next round when that fails, since storing twice is harmless.
    async fn keep(&self, now: DateTime<Utc>) -> anyhow::Result<()> {
        let records = std::mem::take(&mut *self.unsaved());
        if records.is_empty() {
            return Ok(());
        }
        let kept = self.store(&records, now).await;
        if kept.is_err() {
            self.unsaved().extend(records);
        }
        kept
    }

    /// In as few statements as can be: whoever dies between the platform's answer and the commit loses what it has said.
    async fn store(&self, records: &[Value], now: DateTime<Utc>) -> anyhow::Result<()> {
        let mut items = Vec::with_capacity(records.len());
        for record in records {
            let Some(event) =
                Event::from_failed_record(record).ok().filter(|event| event.key.len() <= LONGEST)
            else {
                tracing::warn!("a missed event cannot be read");
                continue;
            };
            if let Some(incoming) = Incoming::of_event(&event, now) {
                items.push(incoming.item("dingtalk.failed_list", format!("dingtalk/{}", event.key))?);
            }
        }
        inbox::accept_all(&self.db, &items, now).await?;
        Ok(point("missed.kept").await?)
    }
}

fn is_refused(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(dingtalk::Error::Refused { .. }))
}
