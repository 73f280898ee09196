//! Counts the pushes that the platform counts: everything but what happens in the directory. A push that comes again is counted again: the
//! platform speaks of 推送次数, not of events, and tells us to answer fast so that fewer come again.

use chrono::{DateTime, Utc};
use dingtalk::limits::event_is_counted;
use dingtalk_callback::{Event, event::What};
use domain::quota::{self, Limits};

use crate::app::Db;

/// What counting needs.
#[derive(Clone, Debug)]
pub struct Meter {
    /// Rows.
    pub db: Db,
    /// Whose month it is.
    pub limits: Limits,
}

impl Meter {
    /// An event has come. A push is never refused because it could not be counted.
    pub(super) async fn event(&self, event: &Event, now: DateTime<Utc>) {
        match event.what {
            What::QuotaUsedUp => {
                self.counted(quota::deliveries_refused(&self.db, &self.limits, now).await);
            }
            _ if event_is_counted(&event.kind) => {
                self.counted(quota::count_delivery(&self.db, &self.limits, now).await);
            }
            _ => {}
        }
    }

    /// A press on a card has come.
    pub(super) async fn press(&self, now: DateTime<Utc>) {
        self.counted(quota::count_delivery(&self.db, &self.limits, now).await);
    }

    /// A message to the robot has come, perhaps without what was said.
    pub(super) async fn message(&self, used_up: bool, now: DateTime<Utc>) {
        self.counted(if used_up {
            quota::deliveries_refused(&self.db, &self.limits, now).await
        } else {
            quota::count_delivery(&self.db, &self.limits, now).await
        });
    }

    fn counted(&self, done: Result<(), crate::app::DbErr>) {
        if let Err(error) = done {
            tracing::warn!(tenant = %self.limits.tenant, error = &error as &dyn std::error::Error, "a push was not counted");
        }
    }
}
