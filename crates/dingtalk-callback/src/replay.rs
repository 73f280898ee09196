//! Repetitions. The platform tries again what was not answered in time, and whoever overheard a request may send it once more: both
//! must be answered like the first, and have no second effect.
//!
//! What is remembered, and where, is the caller's: [`Memory`] is the door, [`Repetition::of`] the decision. Remember within the
//! transaction that keeps the event, or a crash in between loses it. [`Recent`] is a memory of one process.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
};

use chrono::{DateTime, Duration, Utc};

use crate::envelope::{Opened, Query};

/// What makes a push known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The envelope: nonce, time and signature. Only a request that was copied has it again.
    pub envelope: String,
    /// The event: the same in every envelope.
    pub event: String,
}

impl Marks {
    /// The marks of a push that was opened.
    pub fn of(query: &Query<'_>, opened: &Opened) -> Self {
        let Query { signature, timestamp, nonce } = query;
        Self {
            envelope: format!("envelope/{timestamp}/{nonce}/{signature}"),
            event: format!("event/{}", opened.event.key),
        }
    }
}

/// What a push is to one who remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// New: keep it, then answer.
    First,
    /// The platform's own repetition in a new envelope: answer.
    Again,
    /// A copied request: answer likewise, and count it.
    Copied,
}

impl Repetition {
    /// The decision. An envelope that is known without its event is as new: better twice than never, where what is kept is known by
    /// its key.
    pub fn of(envelope_known: bool, event_known: bool) -> Self {
        match (envelope_known, event_known) {
            (true, true) => Self::Copied,
            (false, true) => Self::Again,
            (_, false) => Self::First,
        }
    }
}

/// Somewhere to remember marks.
pub trait Memory {
    /// Why it failed.
    type Error;

    /// Remembers a mark for this long, at least. True if it was known already.
    fn known(
        &mut self,
        mark: &str,
        keep: Duration,
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// Asks a memory about a push, and lets it remember. An envelope is kept for twice the window in which it is accepted; an event for
/// `keep`, which should cover the platform's retries and the failed list (a day does).
pub async fn check<M: Memory>(
    memory: &mut M,
    marks: &Marks,
    window: Duration,
    keep: Duration,
    now: DateTime<Utc>,
) -> Result<Repetition, M::Error> {
    let envelope = memory.known(&marks.envelope, window * 2, now).await?;
    let event = memory.known(&marks.event, keep, now).await?;
    Ok(Repetition::of(envelope, event))
}

/// The last so many marks, for a limited time: the memory of one process.
#[derive(Debug)]
pub struct Recent {
    most: usize,
    until: HashMap<String, DateTime<Utc>>,
    order: VecDeque<String>,
}

impl Recent {
    /// Remembers at most so many; the oldest is forgotten first.
    pub fn holding(most: usize) -> Self {
        Self { most, until: HashMap::new(), order: VecDeque::new() }
    }

    /// Is it remembered, and is its time not over?
    pub fn knows(&self, mark: &str, now: DateTime<Utc>) -> bool {
        self.until.get(mark).is_some_and(|until| *until > now)
    }

    /// Remembers a mark for this long.
    pub fn remember(&mut self, mark: &str, keep: Duration, now: DateTime<Utc>) {
        if self.until.insert(mark.to_owned(), now + keep).is_none() {
            self.order.push_back(mark.to_owned());
        }
        while self.order.len() > self.most {
            if let Some(oldest) = self.order.pop_front() {
                self.until.remove(&oldest);
            }
        }
    }
}

impl Memory for Recent {
    type Error = Infallible;

    async fn known(&mut self, mark: &str, keep: Duration, now: DateTime<Utc>) -> Result<bool, Infallible> {
        let known = self.knows(mark, now);
        if !known {
            self.remember(mark, keep, now);
        }
        Ok(known)
    }
}
