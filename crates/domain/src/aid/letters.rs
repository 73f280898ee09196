//! What must be said, and to whom, and what the platform must be asked to do. Payloads have ids only.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, CaseId, PaymentId},
    letters::stamp::{Lane, Stamp},
    notice::{Occasion, Told},
};

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Create the instance of a round (exactly once: docs/adr/0013-exactly-one-approval.md).
    ApprovalCreate {
        /// The case.
        case: CaseId,
        /// The round.
        round: i32,
    },
    /// Take the instance of a round back.
    ApprovalTerminate {
        /// The case.
        case: CaseId,
        /// The round.
        round: i32,
    },
    /// Pass the task of an approver who is away to whoever stands in for him.
    ApprovalPass {
        /// The case.
        case: CaseId,
        /// The round.
        round: i32,
        /// Who is away.
        away: AccountId,
        /// Who stands in.
        substitute: AccountId,
    },
    /// Tell an applicant how his case stands.
    Told {
        /// The case.
        case: CaseId,
        /// Whom.
        account: AccountId,
        /// What.
        news: News,
    },
}

/// What an applicant is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum News {
    /// 已收到.
    Received,
    /// 已受理: a visit is coming.
    Accepted,
    /// 已批准; the amount is on the page only.
    Approved,
    /// 不予帮扶, with the way to appeal.
    Refused,
    /// 已撤回.
    Withdrawn,
    /// 已发放.
    Paid {
        /// Which payment.
        payment: PaymentId,
    },
    /// 退汇.
    Returned {
        /// Which payment.
        payment: PaymentId,
    },
}

impl News {
    const fn told(self) -> Told {
        match self {
            Self::Received => Told::Received,
            Self::Accepted => Told::Accepted,
            Self::Approved => Told::Approved,
            Self::Refused => Told::Refused,
            Self::Withdrawn => Told::Withdrawn,
            Self::Paid { .. } => Told::Paid,
            Self::Returned { .. } => Told::Returned,
        }
    }

    const fn kind(self) -> &'static str {
        self.told().code()
    }
}

impl Letter {
    /// What the ledger says that it tells of; `None` when it tells nobody.
    pub(crate) fn occasion(&self) -> Option<Occasion> {
        let (case, news) = match self {
            Self::Told { case, news, .. } => (case, news),
            Self::ApprovalCreate { .. } | Self::ApprovalTerminate { .. } | Self::ApprovalPass { .. } => {
                return None;
            }
        };
        let of = match news {
            News::Paid { payment } | News::Returned { payment } => payment.uuid(),
            _ => case.uuid(),
        };
        Some(Occasion::Told(news.told(), of))
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        let (kind, key) = match self {
            Self::ApprovalCreate { case, round } => ("approval.create", format!("{case}/{round}")),
            Self::ApprovalTerminate { case, round } => ("approval.terminate", format!("{case}/{round}")),
            Self::ApprovalPass { case, round, away, substitute } => {
                ("approval.pass", format!("{case}/{round}/{away}/{substitute}"))
            }
            Self::Told {
                account,
                news: news @ (News::Paid { payment } | News::Returned { payment }),
                ..
            } => (news.kind(), format!("{payment}/{account}")),
            Self::Told { case, account, news } => (news.kind(), format!("{case}/{account}")),
        };
        Stamp { kind, lane: Lane::Result, key: format!("{kind}/{key}") }
    }
}
