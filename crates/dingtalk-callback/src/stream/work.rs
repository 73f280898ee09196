//! From a message to its answer: what is known is not handled again, what is not taken is not acknowledged.

use std::{
    collections::HashSet,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering::Relaxed},
};

use chrono::TimeDelta;
use futures_util::FutureExt;
use tokio::sync::Semaphore;

use super::{Handler, Health, Settings, Surroundings};
use crate::{
    frame::{Message, Outcome},
    replay::Recent,
};

/// What all connections of a listener share.
pub(super) struct Work<H, S> {
    pub(super) settings: Settings,
    pub(super) surroundings: S,
    pub(super) health: Health,
    /// One permit for each handler.
    pub(super) free: Arc<Semaphore>,
    handler: H,
    known: Mutex<Known>,
}

struct Known {
    running: HashSet<String>,
    taken: Recent,
}

/// What is to be done with a message.
enum Turn {
    Handle,
    /// It is being handled, maybe on another connection.
    Running,
    /// It was taken.
    Taken,
}

impl<H: Handler, S: Surroundings> Work<H, S> {
    pub(super) fn new(settings: Settings, handler: H, surroundings: S) -> Self {
        let free = Arc::new(Semaphore::new(settings.handlers.clamp(1, Semaphore::MAX_PERMITS)));
        let known = Known { running: HashSet::new(), taken: Recent::holding(settings.remembered) };
        Self { settings, surroundings, health: Health::default(), free, handler, known: Mutex::new(known) }
    }

    pub(super) async fn outcome(&self, message: Message) -> Outcome {
        let Some(key) = message.key() else { return self.handled(message).await };
        match self.turn(&key) {
            Turn::Handle => {
                let outcome = self.handled(message).await;
                self.close(&key, &outcome);
                outcome
            }
            // The handler has not said yet that it is taken. An event comes once more and is known then.
            Turn::Running => {
                self.health.counts().repeated.fetch_add(1, Relaxed);
                if message.comes_again() { Outcome::Later } else { Outcome::Taken }
            }
            Turn::Taken => {
                self.health.counts().repeated.fetch_add(1, Relaxed);
                Outcome::Taken
            }
        }
    }

    async fn handled(&self, message: Message) -> Outcome {
        let handling = AssertUnwindSafe(async { self.handler.handle(message).await }).catch_unwind();
        let outcome = handling.await.unwrap_or_else(|_panic| {
            tracing::error!("a stream handler panicked");
            Outcome::Later
        });
        let counts = self.health.counts();
        match outcome {
            Outcome::Taken | Outcome::Answer(_) => counts.taken.fetch_add(1, Relaxed),
            Outcome::Later | Outcome::Unknown => counts.put_off.fetch_add(1, Relaxed),
        };
        outcome
    }

    fn turn(&self, key: &str) -> Turn {
        let now = self.surroundings.now();
        let mut known = self.known();
        if known.taken.knows(key, now) {
            Turn::Taken
        } else if known.running.insert(key.to_owned()) {
            Turn::Handle
        } else {
            Turn::Running
        }
    }

    fn close(&self, key: &str, outcome: &Outcome) {
        let now = self.surroundings.now();
        let keep = TimeDelta::from_std(self.settings.remembered_for).unwrap_or(TimeDelta::MAX);
        let mut known = self.known();
        known.running.remove(key);
        if matches!(outcome, Outcome::Taken | Outcome::Answer(_)) {
            known.taken.remember(key, keep, now);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
