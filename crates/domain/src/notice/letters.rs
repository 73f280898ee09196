//! What reminders say, to whom: ids only. The words are `notify`'s, from the rows as they are when it is sent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{BranchId, MeetingId, NoticeId},
    letters::stamp::{Lane, Stamp},
};

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Tomorrow's meeting, to a member.
    MeetingEve {
        /// The ledger's row.
        notice: NoticeId,
        /// Which meeting. All its letters say the same.
        meeting: MeetingId,
    },
    /// What a branch owes and who is missing, to its secretary.
    BranchDigest {
        /// The ledger's row.
        notice: NoticeId,
        /// Of which branch.
        branch: BranchId,
        /// On which day.
        on: NaiveDate,
    },
    /// The same once more, as a text message.
    Sms {
        /// The ledger's row.
        notice: NoticeId,
    },
    /// The same once more, as a DING.
    Ding {
        /// The ledger's row.
        notice: NoticeId,
    },
}

impl Letter {
    /// The ledger's row.
    pub fn notice(&self) -> NoticeId {
        match self {
            Self::MeetingEve { notice, .. }
            | Self::BranchDigest { notice, .. }
            | Self::Sms { notice }
            | Self::Ding { notice } => *notice,
        }
    }

    /// What is on the envelope. The row of the ledger is unique per reader and occasion, and so is the letter.
    pub fn stamp(&self) -> Stamp {
        let (kind, lane) = match self {
            Self::MeetingEve { .. } => ("meeting.eve", Lane::Reminder),
            Self::BranchDigest { .. } => ("branch.digest", Lane::Digest),
            Self::Sms { .. } => ("notice.sms", Lane::Result),
            Self::Ding { .. } => ("notice.ding", Lane::Result),
        };
        Stamp { kind, lane, key: format!("{kind}/{}", self.notice()) }
    }
}
