//! Who is asked before each call. Several processes behind one address and one app share one limiter: then it keeps its counts
//! where all of them see it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

use super::api::Metered;

/// The code of [`crate::Error::RetryAfter`] when the limiter, and not the platform, said wait.
pub const OWN_PACE: &str = "own pace";

/// The code of [`crate::Error::Refused`] when the limiter, and not the platform, said that the month is used up.
pub const OWN_QUOTA: &str = "own quota";

/// A call that is about to be made.
#[derive(Clone, Debug)]
pub struct Call {
    /// Which.
    pub api: Metered,
    /// Of what the calls in a minute are counted: an opaque mark of a webhook, for instance. It holds no secret.
    pub subject: Option<String>,
    /// Now, by the client's clock: it tells the month.
    pub at: DateTime<Utc>,
}

/// What the limiter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go; the call is counted.
    Go,
    /// Not before so long; nothing is counted. Short waits are kept by the client, long ones become
    /// [`crate::Error::RetryAfter`].
    Wait(Duration),
    /// The organisation's calls of the month are used up.
    UsedUp,
}

/// What the platform's answer says to everybody who shares the limiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The call was turned away for being too fast, or never reached the platform: it does not count.
    NotCounted,
    /// The address is banned: nobody calls for five minutes.
    Banned,
    /// The platform counts more than we do: the month is used up.
    UsedUp,
}

/// Keeps count of calls. [`super::InProcess`] is the one for a single process.
pub trait Limiter: Send + Sync {
    /// May this call be made now? A limiter that cannot tell (its database is away) says [`Verdict::Go`]: the platform has the
    /// last word.
    fn ask<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Verdict>;

    /// What the platform said to a call that was let go.
    fn heard<'a>(&'a self, call: &'a Call, what: Heard) -> BoxFuture<'a, ()>;

    /// An event or a message was delivered to us; counted when [`super::event_is_counted`].
    fn delivered<'a>(&'a self, kind: &'a str, at: DateTime<Utc>) -> BoxFuture<'a, ()>;
}
