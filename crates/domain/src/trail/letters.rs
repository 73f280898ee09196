//! What is said about the chain, and about who looks too much.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::AccountId,
    letters::stamp::{Lane, Stamp},
    notice::Occasion,
};

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// The end of the chain on a day, for somebody who keeps it where nobody of the installation can change it.
    Anchor {
        /// Of which day.
        on: NaiveDate,
        /// As [`audit::Anchor`] is written: the number of a row and its hash.
        anchor: String,
        /// Whom.
        account: AccountId,
        /// Has the reader the audit administrator's desk?
        desk: bool,
    },
    /// Somebody has opened more numbers on a day than work explains: for a security administrator, who looks at the desk who it is.
    Unmasked {
        /// Which alarm: one for each worker and day.
        alarm: Uuid,
        /// More than so many.
        limit: u32,
        /// Whom.
        account: AccountId,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::Anchor { on, .. } => Occasion::Anchor(*on),
            Self::Unmasked { alarm, .. } => Occasion::Unmasked(*alarm),
        }
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Anchor { on, account, .. } => Stamp {
                kind: "audit.anchor",
                lane: Lane::Reminder,
                key: format!("audit.anchor/{on}/{account}"),
            },
            Self::Unmasked { alarm, account, .. } => Stamp {
                kind: "trail.unmasked",
                lane: Lane::Result,
                key: format!("trail.unmasked/{}/{account}", alarm.simple()),
            },
        }
    }
}
