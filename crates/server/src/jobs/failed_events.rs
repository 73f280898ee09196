//! Events that DingTalk pushed while we were away: it keeps them in a list. They go through the same inbox under the same keys.

use chrono::{DateTime, Utc};
use dingtalk::Client;
use dingtalk_callback::Event;
use mailbox::inbox;

use crate::{app::Db, callback::Incoming};

/// The most pages of one round; whether reading consumes the list is not documented, so an endless list must not hold us.
const PAGES: usize = 20;

/// Fetches missed events.
#[derive(Clone)]
pub struct FailedEvents {
    /// Rows.
    pub db: Db,
    /// The platform.
    pub client: Client,
}

impl FailedEvents {
    /// One round. Always zero: what it found is work for the inbox, not for itself.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let mut before = Vec::new();
        for _ in 0..PAGES {
            let page = self.client.events().failed().await?;
            // The same page again: reading does not consume it.
            if page.failed_list.is_empty() || page.failed_list == before {
                break;
            }
            for record in &page.failed_list {
                let Ok(event) = Event::from_failed_record(record) else {
                    tracing::warn!("a missed event cannot be read");
                    continue;
                };
                if let Some(incoming) = Incoming::of_event(&event, now) {
                    let item = incoming.item("dingtalk.failed_list", format!("dingtalk/{}", event.key))?;
                    inbox::accept(&self.db, &item, now).await?;
                }
            }
            if !page.has_more {
                break;
            }
            before = page.failed_list;
        }
        Ok(0)
    }
}
