//! Events that DingTalk pushed while we were away: it keeps them in a list. They go through the same inbox under the same keys.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use dingtalk::Client;
use dingtalk_callback::Event;
use mailbox::{inbox, point};
use serde_json::Value;

use crate::{app::Db, callback::Incoming};

/// The most pages of one round; whether reading consumes the list is not documented, so an endless list must not hold us.
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
    /// What was fetched and could not be stored. Reading may have emptied the platform's list.
    unsaved: Arc<Mutex<Vec<Value>>>,
}

impl FailedEvents {
    /// With nothing fetched yet.
    pub fn new(db: Db, client: Client) -> Self {
        Self { db, client, unsaved: Arc::default() }
    }

    /// One round. Always zero: what it found is work for the inbox, not for itself.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        self.keep(now).await?;
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
        Ok(0)
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
