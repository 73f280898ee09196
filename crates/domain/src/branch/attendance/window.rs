//! The pure rule: when one may sign in.

use chrono::{DateTime, Duration, Utc};

use crate::branch::{Meeting, MeetingStatus, Refusal};

/// People come early; the sign-in opens so long before the beginning.
pub const OPENS_BEFORE: Duration = Duration::minutes(60);

/// Who forgot on the spot may still do it on the way home. Both figures are ours (no document gives any) and
/// become configuration with the second place that wants another.
pub const CLOSES_AFTER: Duration = Duration::hours(2);

/// Whether one may sign in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Yes, until then.
    Open {
        /// The last moment.
        until: DateTime<Utc>,
    },
    /// Not before then.
    NotYet {
        /// The first moment.
        opens_at: DateTime<Utc>,
    },
    /// No more.
    Over {
        /// When the meeting ended.
        ended_at: DateTime<Utc>,
    },
    /// The meeting does not take place.
    Cancelled,
}

impl Window {
    /// Of a meeting, now. Both ends belong to it.
    pub fn of(meeting: &Meeting, now: DateTime<Utc>) -> Self {
        let opens_at = meeting.starts_at - OPENS_BEFORE;
        let until = meeting.ends_at + CLOSES_AFTER;
        if meeting.status == MeetingStatus::Cancelled {
            Self::Cancelled
        } else if now < opens_at {
            Self::NotYet { opens_at }
        } else if now <= until {
            Self::Open { until }
        } else {
            Self::Over { ended_at: meeting.ends_at }
        }
    }

    /// May one sign in?
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }

    pub(super) fn check(self) -> Result<(), Refusal> {
        match self {
            Self::Open { .. } => Ok(()),
            Self::NotYet { opens_at } => Err(Refusal::NotYet { opens_at }),
            Self::Over { ended_at } => Err(Refusal::Over { ended_at }),
            Self::Cancelled => Err(Refusal::Cancelled),
        }
    }
}
