//! The rate. A bucket has as many tokens as calls are allowed in a period, and a token that was taken comes back when a
//! period has passed. So no window of that length, wherever it begins, holds more calls than tokens, and a queue drains at
//! exactly the rate.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Rate, store};

/// Takes one token of each rate, in the caller's transaction, which must roll back when it gets one of them only. `Some`
/// when there is none: not before then.
pub async fn take(
    tx: &impl ConnectionTrait,
    rates: impl Iterator<Item = &Rate>,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    for rate in rates {
        if store::take(tx, rate, now).await? {
            continue;
        }
        let tokens = store::tokens(tx, rate).await?;
        let all = usize::try_from(rate.calls).unwrap_or_default();
        // The bucket is new, or larger than it was.
        if tokens.len() < all {
            store::fill(tx, rate, now).await?;
            if store::take(tx, rate, now).await? {
                continue;
            }
        }
        let later = tokens.first().copied().filter(|first| *first > now);
        // None later: another server has the free one in its hands at this very moment.
        return Ok(Some(later.unwrap_or(now + rate.per / rate.calls.max(1))));
    }
    Ok(None)
}
