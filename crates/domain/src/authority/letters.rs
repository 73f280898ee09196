//! What is said about grants.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, GrantId},
    letters::stamp::{Lane, Stamp},
    notice::Occasion,
};

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// A term ends by itself soon: in good time to ask for another.
    TermEnds {
        /// Which grant.
        grant: GrantId,
        /// Whose.
        account: AccountId,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::TermEnds { grant, .. } => Occasion::TermEnds(*grant),
        }
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::TermEnds { grant, .. } => Stamp {
                kind: "authority.term_ends",
                lane: Lane::Reminder,
                key: format!("authority.term_ends/{grant}"),
            },
        }
    }
}
