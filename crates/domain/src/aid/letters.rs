//! What must be said, and to whom, and what the platform must be asked to do. Payloads have ids only.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{
        AccountId, AppealId, ApprovalTaskId, CaseId, ClawbackId, EmergencyId, PaymentId, RulingId,
        SupplementId,
    },
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
    /// Tell an approver by a card that a task waits for him.
    ApprovalCard {
        /// The case.
        case: CaseId,
        /// The round.
        round: i32,
        /// The task.
        task: ApprovalTaskId,
    },
    /// Say on that card that it is over.
    ApprovalCardOver {
        /// The case.
        case: CaseId,
        /// The round.
        round: i32,
        /// The task.
        task: ApprovalTaskId,
    },
    /// Execute in the platform what the holder of a task decided on our page.
    ApprovalDecide {
        /// The case.
        case: CaseId,
        /// The round.
        round: i32,
        /// The task.
        task: ApprovalTaskId,
        /// When he pressed, in milliseconds: what the platform did not take can be pressed again.
        pressed: i64,
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
    /// 补正: something is missing.
    Supplement {
        /// What.
        supplement: SupplementId,
    },
    /// 不予受理, with the way to appeal.
    Declined {
        /// By which decision.
        ruling: RulingId,
    },
    /// 已受理: a visit is coming.
    Accepted,
    /// 已批准; the amount is on the page only.
    Approved,
    /// 不予帮扶, with the way to appeal.
    Refused,
    /// 批准, after an appeal.
    ApprovedAgain {
        /// Which appeal.
        appeal: AppealId,
    },
    /// 不予帮扶, after an appeal.
    RefusedAgain {
        /// Which appeal.
        appeal: AppealId,
    },
    /// 申诉已收到.
    Appealed {
        /// Which.
        appeal: AppealId,
    },
    /// 申诉成立: it goes on.
    AppealUpheld {
        /// Which.
        appeal: AppealId,
    },
    /// 申诉不成立: the reason is on the page.
    AppealDismissed {
        /// Which.
        appeal: AppealId,
    },
    /// 先救后补: money goes first.
    Granted {
        /// By which grant: after one was taken back there may be another. `None` in letters from before this was said.
        #[serde(default)]
        emergency: Option<EmergencyId>,
    },
    /// 先救后补: the money does not go first after all; the request goes on.
    TakenBack {
        /// Which.
        emergency: EmergencyId,
    },
    /// 先救后补: it has gone; the papers are waited for.
    PaidAhead {
        /// Which payment.
        payment: PaymentId,
    },
    /// 先救后补: all is done.
    Confirmed,
    /// 追回: something is asked back; what and why stands on the page.
    AskedBack {
        /// Which claim.
        clawback: ClawbackId,
    },
    /// 结案; why stands on the page.
    Closed,
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
            Self::Supplement { .. } => Told::Supplement,
            Self::Declined { .. } => Told::Declined,
            Self::Accepted => Told::Accepted,
            Self::Approved => Told::Approved,
            Self::Refused => Told::Refused,
            Self::ApprovedAgain { .. } => Told::ApprovedAgain,
            Self::RefusedAgain { .. } => Told::RefusedAgain,
            Self::Appealed { .. } => Told::Appealed,
            Self::AppealUpheld { .. } => Told::AppealUpheld,
            Self::AppealDismissed { .. } => Told::AppealDismissed,
            Self::Granted { .. } => Told::Granted,
            Self::TakenBack { .. } => Told::TakenBack,
            Self::PaidAhead { .. } => Told::PaidAhead,
            Self::Confirmed => Told::Confirmed,
            Self::AskedBack { .. } => Told::AskedBack,
            Self::Closed => Told::Closed,
            Self::Withdrawn => Told::Withdrawn,
            Self::Paid { .. } => Told::Paid,
            Self::Returned { .. } => Told::Returned,
        }
    }

    /// What it is about besides the case: what can be told more than once in one.
    const fn of(self) -> Option<Uuid> {
        Some(match self {
            Self::AskedBack { clawback } => clawback.uuid(),
            Self::Granted { emergency: Some(emergency) } | Self::TakenBack { emergency } => emergency.uuid(),
            Self::Supplement { supplement } => supplement.uuid(),
            Self::Declined { ruling } => ruling.uuid(),
            Self::ApprovedAgain { appeal }
            | Self::RefusedAgain { appeal }
            | Self::Appealed { appeal }
            | Self::AppealUpheld { appeal }
            | Self::AppealDismissed { appeal } => appeal.uuid(),
            Self::Paid { payment } | Self::PaidAhead { payment } | Self::Returned { payment } => {
                payment.uuid()
            }
            Self::Granted { emergency: None }
            | Self::Received
            | Self::Accepted
            | Self::Approved
            | Self::Refused
            | Self::Confirmed
            | Self::Closed
            | Self::Withdrawn => return None,
        })
    }

    /// What tells of money that goes ahead goes ahead, too.
    const fn lane(self) -> Lane {
        match self {
            Self::Granted { .. } | Self::TakenBack { .. } | Self::PaidAhead { .. } => Lane::Emergency,
            _ => Lane::Result,
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
            Self::ApprovalCreate { .. }
            | Self::ApprovalTerminate { .. }
            | Self::ApprovalPass { .. }
            | Self::ApprovalCard { .. }
            | Self::ApprovalCardOver { .. }
            | Self::ApprovalDecide { .. } => return None,
        };
        Some(Occasion::Told(news.told(), news.of().unwrap_or(case.uuid())))
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        let mut lane = Lane::Result;
        let (kind, key) = match self {
            Self::ApprovalCreate { case, round } => ("approval.create", format!("{case}/{round}")),
            Self::ApprovalTerminate { case, round } => ("approval.terminate", format!("{case}/{round}")),
            Self::ApprovalPass { case, round, away, substitute } => {
                ("approval.pass", format!("{case}/{round}/{away}/{substitute}"))
            }
            Self::ApprovalCard { task, .. } => ("approval.card", task.to_string()),
            Self::ApprovalCardOver { task, .. } => ("approval.card_over", task.to_string()),
            Self::ApprovalDecide { task, pressed, .. } => ("approval.decide", format!("{task}/{pressed}")),
            Self::Told { case, account, news } => {
                lane = news.lane();
                let of = news.of().unwrap_or(case.uuid());
                (news.kind(), format!("{}/{account}", of.simple()))
            }
        };
        Stamp { kind, lane, key: format!("{kind}/{key}") }
    }
}
