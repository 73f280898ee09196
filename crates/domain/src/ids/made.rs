//! How an id is made.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// Counts the ids that this process made. No setting and no clock: it only keeps the order of what one command
/// writes with one `now`.
static MADE: AtomicU64 = AtomicU64::new(0);

/// A version-7 UUID whose time part is `now` (millisecond resolution), then 36 bits of a counter, so that ids which
/// one process makes with one `now` sort in the order of their making, then 38 random bits.
pub(super) fn fresh(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    let tail = (u128::from(count) << 38) | u128::from(rand::random::<u64>() >> 26);
    // 74 bits, around the six that a UUID keeps for its version and variant.
    let low = (1_u128 << 62) - 1;
    let bits = ((tail & !low) << 2) | (tail & low);
    let [_, _, _, _, _, _, rest @ ..] = bits.to_be_bytes();
    Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}
