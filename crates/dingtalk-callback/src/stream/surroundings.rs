//! Time and chance, as arguments.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::random;

/// What a pause is for, so that a test can let each pass by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Until the next attempt to connect.
    Reconnect,
    /// As long as connecting may take.
    Handshake,
    /// Until silence is suspicious.
    Idle,
    /// As long as our question may stay unanswered.
    Pong,
    /// As long as writing may take.
    Write,
    /// As long as handlers may go on after the order to stop.
    Drain,
}

/// What a listener knows of the world.
pub trait Surroundings: Send + Sync + 'static {
    /// The time, for remembering what came.
    fn now(&self) -> DateTime<Utc>;

    /// Ends after this long.
    fn pause(&self, what: Pause, time: Duration) -> impl Future<Output = ()> + Send;

    /// A random number from 0 to 1.
    fn chance(&self) -> f64;
}

/// The machine's timers and chance, and the caller's clock.
pub struct Machine<C>(C);

impl<C> std::fmt::Debug for Machine<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Machine")
    }
}

impl<C: Fn() -> DateTime<Utc> + Send + Sync + 'static> Machine<C> {
    /// The machine's own pauses and chance, with this clock: a server's own, or `chrono::Utc::now`.
    pub fn with_clock(clock: C) -> Self {
        Self(clock)
    }
}

impl<C: Fn() -> DateTime<Utc> + Send + Sync + 'static> Surroundings for Machine<C> {
    fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where a listener waits")]
    async fn pause(&self, _what: Pause, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// Without randomness, clients that were thrown out together come back together: no reason to stop.
    fn chance(&self) -> f64 {
        let [first, second, ..] = random::fresh().map(|(bytes, _)| bytes).unwrap_or_default();
        f64::from(u16::from_be_bytes([first, second])) / f64::from(u16::MAX)
    }
}
