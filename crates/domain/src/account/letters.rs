//! What is said about logins.

use serde::{Deserialize, Serialize};

use crate::{
    ids::AccountId,
    letters::stamp::{Lane, Stamp},
    notice::Occasion,
};

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody joined the tenant for the first time: what this is and whom to ask.
    Welcome {
        /// Who.
        account: AccountId,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::Welcome { .. } => Occasion::Welcome,
        }
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Welcome { account } => Stamp {
                kind: "account.welcome",
                lane: Lane::Greeting,
                key: format!("account.welcome/{account}"),
            },
        }
    }
}
