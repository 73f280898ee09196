//! What every part of a running tenant holds: the state behind one lock, the clock, and who listens to changes.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::{AppEndpoints, World};
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::phone::Frames;
use crate::push::Queue;
use crate::wire_log::WireLog;
use crate::world::{Tenancy, Throttle};

pub(crate) struct Shared {
    pub(crate) world: World,
    pub(crate) clock: Clock,
    pub(crate) addresses: Addresses,
    /// Pushes to the app; each request says how long it may take.
    pub(crate) platform: reqwest::Client,
    /// Loads pages for phones: follows no redirect, unpacks nothing, keeps no cookie of its own.
    pub(crate) webview: reqwest::Client,
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

/// Where the tenant listens.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    pub(crate) platform: String,
    pub(crate) phones: Vec<String>,
}

/// Everything that changes.
pub(crate) struct State {
    pub(crate) tenancy: Tenancy,
    pub(crate) pushes: Queue,
    pub(crate) gateway: Gateway,
    pub(crate) faults: Faults,
    pub(crate) throttle: Throttle,
    pub(crate) frames: Frames,
    pub(crate) wire: WireLog,
    pub(crate) app: Option<AppEndpoints>,
}

impl Shared {
    pub(crate) fn new(
        world: World,
        clock: Clock,
        addresses: Addresses,
        mut state: State,
    ) -> Result<Self, reqwest::Error> {
        state.gateway.endpoint = format!("{}/connect", addresses.platform.replacen("http", "ws", 1));
        let client =
            || reqwest::Client::builder().no_proxy().no_gzip().redirect(reqwest::redirect::Policy::none());
        Ok(Self {
            world,
            clock,
            addresses,
            platform: client().build()?,
            webview: client().timeout(Duration::from_mins(1)).build()?,
            state: Mutex::new(state),
            changes: watch::Sender::new(0),
        })
    }

    /// Looks at the world as it is now: what time alone brings about has happened.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        let now = self.clock.now();
        let (result, happened) = {
            let mut state = self.locked();
            let happened = state.catch_up(now);
            (look(&state), happened)
        };
        if happened {
            self.changes.send_modify(|version| *version += 1);
        }
        result
    }

    /// One step of the world. Events it leaves behind are queued before anybody else looks.
    pub(crate) fn change<R>(&self, step: impl FnOnce(&mut State, DateTime<Utc>) -> R) -> R {
        let now = self.clock.now();
        let result = {
            let mut state = self.locked();
            state.catch_up(now);
            let result = step(&mut state, now);
            state.queue_what_happened(now);
            result
        };
        self.changes.send_modify(|version| *version += 1);
        result
    }

    /// The address that answers one message of a person.
    pub(crate) fn session_webhook(&self, session: &str) -> String {
        format!("{}/robot/sendBySession?session={session}", self.addresses.platform)
    }

    /// Grows with every change.
    pub(crate) fn version(&self) -> u64 {
        *self.changes.borrow()
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The clock was moved: nothing changed but the time, and everybody should look again.
    pub(crate) fn time_moved(&self) {
        self.changes.send_modify(|version| *version += 1);
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Work notices are sent when their time has come; says whether one was.
    fn catch_up(&mut self, now: DateTime<Utc>) -> bool {
        let due = self.tenancy.notices_are_due(now);
        if due {
            self.tenancy.send_notices(now);
        }
        due
    }

    fn queue_what_happened(&mut self, now: DateTime<Utc>) {
        for event in self.tenancy.take_happened() {
            // Over quota, the platform pauses what is counted; directory events are free.
            if !event.is_counted() || self.tenancy.quota.delivery(now) {
                self.pushes.add(event, self.faults.events, &mut self.tenancy.ids);
            }
        }
    }
}
