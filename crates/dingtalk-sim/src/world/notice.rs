//! One work notice (工作通知): queued, sent on the tenant's clock, and for whom it was dropped in silence.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::local_time::is_same_day;
use crate::world::Message;

/// How long a notice waits before it is sent, and how long sending takes for each begun 500 people.
const WAITS: TimeDelta = TimeDelta::seconds(1);
const TAKES: TimeDelta = TimeDelta::seconds(1);
const PEOPLE_AT_ONCE: usize = 500;

/// What became of one work notice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Notice {
    pub(crate) task_id: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) message: Message,
    /// Who is to get it; all of them exist.
    pub(crate) to: Vec<String>,
    /// It was addressed to everybody as such, which is counted by the day.
    #[serde(default)]
    pub(crate) everybody: bool,
    pub(crate) unknown: Vec<String>,
    pub(crate) unknown_departments: Vec<i64>,
    pub(crate) delivered: BTreeSet<String>,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) done: bool,
}

/// Somebody who did not get it, with the platform's code and the threshold that was passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dropped {
    pub(crate) userid: String,
    pub(crate) code: i64,
    pub(crate) count: usize,
}

/// How far it is: 0 to 100, and 0 waiting, 1 under way, 2 done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) percent: i64,
    pub(crate) status: i64,
}

impl Notice {
    /// What its lines in the chats are found by.
    pub(crate) fn key(&self) -> String {
        format!("task:{}", self.task_id)
    }

    pub(crate) fn done_at(&self) -> DateTime<Utc> {
        let rounds = self.to.len().div_ceil(PEOPLE_AT_ONCE).max(1);
        self.at + WAITS + TAKES * i32::try_from(rounds).unwrap_or(i32::MAX)
    }

    pub(crate) fn progress(&self, now: DateTime<Utc>) -> Progress {
        let began = self.at + WAITS;
        if self.done {
            Progress { percent: 100, status: 2 }
        } else if now < began {
            Progress { percent: 0, status: 0 }
        } else {
            let whole = (self.done_at() - began).num_milliseconds().max(1);
            let percent = ((now - began).num_milliseconds() * 100 / whole).clamp(0, 99);
            Progress { percent, status: 1 }
        }
    }

    /// Whether this one makes another of the same content and day disappear.
    pub(crate) fn shadows(&self, userid: &str, message: &Message, now: DateTime<Utc>) -> bool {
        self.same_day(now) && self.message == *message && self.reached(userid)
    }

    pub(crate) fn same_day(&self, now: DateTime<Utc>) -> bool {
        is_same_day(self.done_at(), now)
    }

    pub(crate) fn reached(&self, userid: &str) -> bool {
        self.delivered.contains(userid)
    }
}
