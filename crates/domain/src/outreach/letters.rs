//! What is said about visits: to whoever goes, in the morning, how many wait. No names, no amounts.

use chrono::NaiveDate;
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
    /// 今天要走访.
    Today {
        /// Who goes.
        account: AccountId,
        /// On which day it is said.
        on: NaiveDate,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::Today { on, .. } => Occasion::OutreachToday(*on),
        }
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Today { account, on } => Stamp {
                kind: "outreach.today",
                lane: Lane::Digest,
                key: format!("outreach.today/{account}/{on}"),
            },
        }
    }
}
