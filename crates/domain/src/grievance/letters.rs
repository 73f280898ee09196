//! What is said about 反映的问题: to whoever has some, in the morning, how many wait; to whoever said it under his name, that there is news.
//! Never what it is about.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, GrievanceStepId},
    letters::stamp::{Lane, Stamp},
    notice::Occasion,
};

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// 等您答复.
    Due {
        /// Who has them.
        account: AccountId,
        /// On which day it is said.
        on: NaiveDate,
    },
    /// 有消息: an answer, or a later day.
    News {
        /// Whom.
        account: AccountId,
        /// By which step.
        step: GrievanceStepId,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::Due { on, .. } => Occasion::GrievanceDue(*on),
            Self::News { step, .. } => Occasion::GrievanceNews(step.uuid()),
        }
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Due { account, on } => Stamp {
                kind: "grievance.due",
                lane: Lane::Digest,
                key: format!("grievance.due/{account}/{on}"),
            },
            Self::News { account, step } => Stamp {
                kind: "grievance.news",
                lane: Lane::Result,
                key: format!("grievance.news/{step}/{account}"),
            },
        }
    }
}
