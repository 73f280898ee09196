//! Ids in the order of their making, from the caller's `now`.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// Counts within a millisecond, so that letters pushed with one `now` keep their order.
static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// A UUID (version 7) of the given moment, greater than every earlier one of this process at that moment.
pub(crate) fn new(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&CONTEXT, seconds, now.timestamp_subsec_nanos()))
}
