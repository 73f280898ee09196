//! What is said about logins.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::mandate::MandateNews;
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
    /// Something about acting for somebody. What it was stands on the page only.
    Mandate {
        /// Whom.
        account: AccountId,
        /// What.
        news: MandateNews,
        /// Of which mandate, request or act.
        of: Uuid,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::Welcome { .. } => Occasion::Welcome,
            Self::Mandate { news, of, .. } => Occasion::Mandate(*news, *of),
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
            Self::Mandate { account, news, of } => Stamp {
                kind: news.code(),
                lane: Lane::Result,
                key: format!("{}/{of}/{account}", news.code()),
            },
        }
    }
}
