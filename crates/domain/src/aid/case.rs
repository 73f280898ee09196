//! The way of a case: which step leads from where to where. Pure; who may take a step is `authority` and
//! [`separation`](super::separation), what it does to money is `ledger`.
//!
//! ```text
//! submitted ─ accepted ─ visited ─ in_approval ─ approved ─ on_notice ─ ready_to_pay ─ in_batch ─ paid
//!                           ▲           │                    │    ▲          ▲            │        │
//!                           └ withdrawn ┘                 objected┘          └─ returned ◄┴────────┘
//! ends: paid (the bank may still return it) · refused · withdrawn · terminated
//! ```
//!
//! 补正, 集体研究, 回访 and 复核 are further statuses and steps of this table, not another machine.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::Refusal;

/// How far a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 已提交.
    Submitted,
    /// 已受理: a worker has taken it.
    Accepted,
    /// 已家访.
    Visited,
    /// 审批中, in the workplace platform.
    InApproval,
    /// 已批准: the money is reserved.
    Approved,
    /// 公示中.
    OnNotice,
    /// 异议处理中: the notice's clock stands still.
    Objected,
    /// 待发放.
    ReadyToPay,
    /// 发放中: in a payment batch.
    InBatch,
    /// 已发放.
    Paid,
    /// 退汇: the bank sent it back, somebody must ask for the right account.
    Returned,
    /// 不予帮扶.
    Refused,
    /// 已撤回, by the applicant.
    Withdrawn,
    /// 已终止: the person has died.
    Terminated,
}

/// What is done to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A worker takes it.
    Accept,
    /// A home visit is written down; a second visit is one more.
    RecordVisit,
    /// It goes to the approver.
    AskApproval,
    /// The approver agreed, and the budget had the money.
    Approve,
    /// The approver refused.
    Refuse,
    /// The round ended without a decision that counts.
    EndRound,
    /// The applicant takes it back.
    Withdraw,
    /// The public notice goes up.
    Publish,
    /// Somebody objects.
    Object,
    /// The objection was unfounded.
    Dismiss,
    /// The objection was right.
    Uphold,
    /// The notice has hung long enough.
    CloseNotice,
    /// Into a payment batch.
    PutInBatch,
    /// Out of it again, before it went to the bank.
    TakeOutOfBatch,
    /// The bank paid.
    Pay,
    /// The bank sent it back.
    Return,
    /// The account was asked for and is right.
    CheckAccount,
    /// The person has died.
    Terminate,
}

impl Status {
    /// Where a step leads, or why it cannot be taken here.
    pub fn after(self, step: Step) -> Result<Self, Refusal> {
        let next = match step {
            Step::Accept => self.only(&[Self::Submitted], Self::Accepted),
            Step::RecordVisit => self.only(&[Self::Accepted, Self::Visited], Self::Visited),
            Step::AskApproval => self.only(&[Self::Visited], Self::InApproval),
            Step::Approve => self.only(&[Self::InApproval], Self::Approved),
            Step::Refuse => self.only(&[Self::InApproval], Self::Refused),
            Step::EndRound => self.only(&[Self::InApproval], Self::Visited),
            Step::Withdraw => self.only(Self::BEFORE_APPROVAL, Self::Withdrawn),
            Step::Publish => self.only(&[Self::Approved], Self::OnNotice),
            Step::Object => self.only(&[Self::OnNotice, Self::Objected], Self::Objected),
            Step::Dismiss => self.only(&[Self::Objected], Self::OnNotice),
            Step::Uphold => self.only(&[Self::Objected], Self::Refused),
            Step::CloseNotice => self.only(&[Self::OnNotice], Self::ReadyToPay),
            Step::PutInBatch => self.only(&[Self::ReadyToPay], Self::InBatch),
            Step::TakeOutOfBatch => self.only(&[Self::InBatch], Self::ReadyToPay),
            Step::Pay => self.only(&[Self::InBatch], Self::Paid),
            Step::Return => self.only(&[Self::InBatch, Self::Paid], Self::Returned),
            Step::CheckAccount => self.only(&[Self::ReadyToPay, Self::Returned], Self::ReadyToPay),
            Step::Terminate => (!self.is_over()).then_some(Self::Terminated),
        };
        next.ok_or(Refusal::NotNow { status: self, step })
    }

    const BEFORE_APPROVAL: &'static [Self] =
        &[Self::Submitted, Self::Accepted, Self::Visited, Self::InApproval];

    fn only(self, from: &[Self], to: Self) -> Option<Self> {
        from.contains(&self).then_some(to)
    }

    /// Is nothing left to do, as far as anybody knows?
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Paid | Self::Refused | Self::Withdrawn | Self::Terminated)
    }

    /// May the applicant still take it back? Until the first approval: after that the bureau has bound money.
    pub fn may_withdraw(self) -> bool {
        self.after(Step::Withdraw).is_ok()
    }

    /// Is money reserved for it (and in no batch)?
    pub const fn holds_reserve(self) -> bool {
        matches!(self, Self::Approved | Self::OnNotice | Self::Objected | Self::ReadyToPay | Self::Returned)
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Visited => "visited",
            Self::InApproval => "in_approval",
            Self::Approved => "approved",
            Self::OnNotice => "on_notice",
            Self::Objected => "objected",
            Self::ReadyToPay => "ready_to_pay",
            Self::InBatch => "in_batch",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Terminated => "terminated",
        }
    }

    /// The word on the console; what an applicant reads is [`Stage`](super::view::Stage).
    pub const fn label(self) -> &'static str {
        match self {
            Self::Submitted => "待受理",
            Self::Accepted => "待家访",
            Self::Visited => "待送审",
            Self::InApproval => "审批中",
            Self::Approved => "待公示",
            Self::OnNotice => "公示中",
            Self::Objected => "异议处理中",
            Self::ReadyToPay => "待发放",
            Self::InBatch => "发放中",
            Self::Paid => "已发放",
            Self::Returned => "退汇待核对",
            Self::Refused => "不予帮扶",
            Self::Withdrawn => "已撤回",
            Self::Terminated => "已终止",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::{ActiveEnum, Iterable};

    use super::{Status, Step};

    fn any_steps() -> impl Strategy<Value = Vec<Step>> {
        let all: Vec<Step> = Step::iter().collect();
        prop::collection::vec(prop::sample::select(all), 0..60)
    }

    #[test]
    fn the_row_holds_the_code() {
        for status in Status::iter() {
            assert_eq!(status.to_value(), status.code());
        }
    }

    #[test]
    fn what_is_over_stays_over_but_for_the_bank() {
        for status in Status::iter().filter(|status| status.is_over()) {
            for step in Step::iter() {
                let leaves = status.after(step).is_ok();
                assert_eq!(leaves, (status, step) == (Status::Paid, Step::Return), "{status:?} {step:?}");
            }
        }
    }

    #[test]
    fn every_status_but_the_first_is_reached() {
        let mut reached = vec![Status::Submitted];
        let mut at = 0;
        while let Some(status) = reached.get(at).copied() {
            let next: Vec<Status> = Step::iter().filter_map(|step| status.after(step).ok()).collect();
            reached.extend(next.into_iter().filter(|next| !reached.contains(next)).collect::<Vec<_>>());
            reached.dedup();
            at += 1;
        }
        assert!(Status::iter().all(|status| reached.contains(&status)));
    }

    proptest! {
        /// No path leads from a refusal or a withdrawal to a payment, and none to a payment without approval, notice
        /// and batch, in this order.
        #[test]
        fn only_one_road_leads_to_money(steps in any_steps()) {
            let (mut status, mut taken) = (Status::Submitted, Vec::new());
            for step in steps {
                if let Ok(next) = status.after(step) {
                    taken.push(step);
                    if next == Status::Paid {
                        let at = |wanted| taken.iter().position(|step| *step == wanted);
                        let road = [Step::Accept, Step::RecordVisit, Step::AskApproval, Step::Approve,
                            Step::Publish, Step::CloseNotice, Step::PutInBatch].map(at);
                        prop_assert!(road.iter().all(Option::is_some) && road.is_sorted(), "{taken:?}");
                        prop_assert!(!taken.iter().any(|step| matches!(step,
                            Step::Refuse | Step::Uphold | Step::Withdraw | Step::Terminate)));
                    }
                    status = next;
                }
            }
        }

        /// While the applicant may still withdraw, no money is bound.
        #[test]
        fn nothing_is_bound_while_it_may_be_withdrawn(steps in any_steps()) {
            let mut status = Status::Submitted;
            for step in steps {
                status = status.after(step).unwrap_or(status);
                prop_assert!(!(status.may_withdraw() && (status.holds_reserve() || status == Status::InBatch)));
            }
        }
    }
}
