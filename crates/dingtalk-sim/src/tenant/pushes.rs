//! The events on their way to the app.

use std::sync::Arc;
use std::time::Duration;

use crate::push;
use crate::shared::Shared;
use crate::world::{Event, Happening};
use serde_json::{Map, Value};

/// The clock is moved without telling anybody, so a waiter looks by itself too.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Events on their way to the app.
pub struct Pushes {
    shared: Arc<Shared>,
}

impl Pushes {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// Any event, made up: how does the app take what it does not know?
    pub fn emit(&self, kind: &str, fields: Map<String, Value>) {
        let what = Happening::Other { kind: kind.to_owned(), fields };
        self.shared.change(|state, now| state.tenancy.happen(what, now));
    }

    /// Waits until nothing is due or under way, or the platform is down. What waits for a later retry is not waited for.
    pub async fn settled(&self) {
        let mut changes = self.shared.changes();
        while !self.shared.read(|state| state.faults.down || state.pushes.is_idle(self.shared.clock.now())) {
            // Either outcome means: look again.
            let _ = tokio::time::timeout(LOOK_EVERY, changes.changed()).await;
        }
    }

    /// How many events wait, due or not.
    pub fn pending(&self) -> usize {
        self.shared.read(|state| state.pushes.waiting().len())
    }

    /// Tries what waits for its time now, once, and waits for the outcome.
    pub async fn deliver_now(&self) {
        self.shared.change(|state, now| state.pushes.hurry(now));
        self.settled().await;
    }

    /// The events that were given up and not yet fetched.
    pub fn failed(&self) -> Vec<Event> {
        self.shared.read(|state| state.pushes.failed().to_vec())
    }

    /// What saving the callback's address in the open platform's console does: one `check_url`, answered or not.
    pub async fn check_url(&self) -> Result<(), String> {
        push::check_url(&self.shared).await.map_err(|error| error.to_string())
    }
}
