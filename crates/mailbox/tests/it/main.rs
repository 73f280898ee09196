//! Rows and leases, on both back ends.

#![expect(clippy::unwrap_used, reason = "a test harness: clippy looks for tests only")]

mod acceptor;
mod claiming;
mod contention;
mod dropped;
mod keeping;
mod order;
mod turns;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use mailbox::inbox::NewItem;
use mailbox::{Lane, outbox::NewLetter};
use serde_json::json;

const LEASE: Duration = Duration::from_secs(30);

/// Some evening.
fn evening() -> DateTime<Utc> {
    "2026-11-03T11:30:00.123456Z".parse().unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    evening() + TimeDelta::seconds(seconds)
}

fn item(key: &str) -> NewItem {
    NewItem {
        key: key.to_owned(),
        lane: Lane::Result,
        source: "push".to_owned(),
        kind: "event".to_owned(),
        payload: json!({ "id": key }),
    }
}

fn letter(key: &str) -> NewLetter {
    NewLetter {
        key: key.to_owned(),
        lane: Lane::Result,
        kind: "aid.approved".to_owned(),
        addressee: None,
        payload: json!({ "case": key }),
        run_at: evening(),
    }
}
