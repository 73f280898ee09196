//! How a listener is, for a health page and for tests.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
};

use chrono::{DateTime, Utc};

/// How a listener is. Cheap to clone; readable while the listener runs.
#[derive(Clone, Debug, Default)]
pub struct Health(Arc<Counts>);

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) connected: AtomicUsize,
    pub(super) opened: AtomicU64,
    pub(super) failed: AtomicU64,
    pub(super) taken: AtomicU64,
    pub(super) put_off: AtomicU64,
    pub(super) repeated: AtomicU64,
    pub(super) malformed: AtomicU64,
    problem: Mutex<Option<Problem>>,
}

/// Why the last attempt to connect failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// When.
    pub at: DateTime<Utc>,
    /// The platform's code, or what happened. No secret and no address.
    pub what: String,
}

/// Numbers since the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Connections that are open now; the old one beside the new one while it is replaced.
    pub connected: usize,
    /// Connections that were opened.
    pub opened: u64,
    /// Attempts that failed.
    pub failed: u64,
    /// Messages that were taken.
    pub taken: u64,
    /// Messages that were not.
    pub put_off: u64,
    /// Messages that were known already.
    pub repeated: u64,
    /// Frames that nobody understands.
    pub malformed: u64,
    /// Why the last attempt failed, until one succeeds.
    pub problem: Option<Problem>,
}

impl Health {
    /// The numbers as they are.
    pub fn report(&self) -> Report {
        let counts = &self.0;
        Report {
            connected: counts.connected.load(Relaxed),
            opened: counts.opened.load(Relaxed),
            failed: counts.failed.load(Relaxed),
            taken: counts.taken.load(Relaxed),
            put_off: counts.put_off.load(Relaxed),
            repeated: counts.repeated.load(Relaxed),
            malformed: counts.malformed.load(Relaxed),
            problem: counts.problem.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    pub(super) fn counts(&self) -> &Counts {
        &self.0
    }

    pub(super) fn set_problem(&self, problem: Option<Problem>) {
        *self.0.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
    }

    /// Counts a connection as long as the result lives.
    pub(super) fn connected(&self) -> Connected {
        self.0.opened.fetch_add(1, Relaxed);
        self.0.connected.fetch_add(1, Relaxed);
        self.set_problem(None);
        Connected(self.clone())
    }
}

pub(super) struct Connected(Health);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.0.connected.fetch_sub(1, Relaxed);
    }
}
