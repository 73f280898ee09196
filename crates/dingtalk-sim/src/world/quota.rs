//! What a month has cost: counted API calls, and counted deliveries (approval events, robot messages).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Counters of one calendar month; the limits come from the world file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Quota {
    /// `2026-09`, in the tenant's time.
    pub month: String,
    /// Counted calls so far.
    pub calls: u64,
    /// Counted deliveries so far.
    pub deliveries: u64,
    /// Counted calls of each API, by its path.
    pub calls_by_api: BTreeMap<String, u64>,
    /// How many calls there are in a month; no limit when absent.
    pub calls_limit: Option<u64>,
    /// How many deliveries there are in a month; no limit when absent.
    pub deliveries_limit: Option<u64>,
}

impl Quota {
    /// Counts one call; false when the month's quota is used up.
    pub(crate) fn call(&mut self, api: &str, now: DateTime<Utc>) -> bool {
        self.turn_month(now);
        if self.calls_limit.is_some_and(|limit| self.calls >= limit) {
            return false;
        }
        self.calls += 1;
        *self.calls_by_api.entry(api.to_owned()).or_default() += 1;
        true
    }

    /// Counts one delivery; false when the month's quota is used up.
    pub(crate) fn delivery(&mut self, now: DateTime<Utc>) -> bool {
        self.turn_month(now);
        if self.deliveries_limit.is_some_and(|limit| self.deliveries >= limit) {
            return false;
        }
        self.deliveries += 1;
        true
    }

    fn turn_month(&mut self, now: DateTime<Utc>) {
        let month = crate::local_time::month(now);
        if self.month != month {
            *self = Self {
                month,
                calls_limit: self.calls_limit,
                deliveries_limit: self.deliveries_limit,
                ..Self::default()
            };
        }
    }
}
