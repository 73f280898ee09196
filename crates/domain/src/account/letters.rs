//! What is said about logins.

use serde::{Deserialize, Serialize};

use crate::{
    ids::AccountId,
    letters::stamp::{Lane, Stamp},
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
    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Welcome { account } => {
                Stamp { kind: "account.welcome", lane: Lane::Bulk, key: format!("account.welcome/{account}") }
            }
        }
    }
}
