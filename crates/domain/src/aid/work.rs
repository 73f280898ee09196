//! The kinds of work: whose each is, and which cases wait for it.

use super::Status;
use crate::authority::Role;

/// What waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// 待受理.
    Accept,
    /// 等补正: the applicant may come to the counter.
    Supplement,
    /// 待家访.
    Visit,
    /// 待送审.
    SubmitForApproval,
    /// 经费不足: agreed, and the budget has not enough.
    Budget,
    /// 异议待处理.
    Objection,
    /// 申诉待处理.
    Appeal,
    /// 待核对账户: returned, or the applicant wants to be called first.
    CheckAccount,
    /// 先救后补待表态: two others say yes or no.
    Word,
    /// 先救后补待补手续.
    Papers,
    /// 没有收到: look for the money.
    Missing,
    /// 待回访.
    FollowUp,
    /// 待追回: refused after the money went ahead.
    AskBack,
    /// 追回待决定.
    JudgeClaim,
    /// 追回收款.
    Collect,
    /// 待公示.
    Publish,
    /// 待制单.
    Pay,
    /// 待复核.
    Confirm,
    /// 待送银行.
    Send,
    /// 待对账.
    Settle,
}

impl Work {
    /// Every kind, in the order of the column.
    pub const ALL: [Self; 20] = [
        Self::Word,
        Self::JudgeClaim,
        Self::Accept,
        Self::Supplement,
        Self::Visit,
        Self::SubmitForApproval,
        Self::Budget,
        Self::Objection,
        Self::Appeal,
        Self::CheckAccount,
        Self::Papers,
        Self::Missing,
        Self::FollowUp,
        Self::AskBack,
        Self::Publish,
        Self::Pay,
        Self::Confirm,
        Self::Send,
        Self::Settle,
        Self::Collect,
    ];

    /// Whose it is.
    pub const fn role(self) -> Role {
        match self {
            Self::Accept
            | Self::Supplement
            | Self::Visit
            | Self::SubmitForApproval
            | Self::Budget
            | Self::Objection
            | Self::Appeal
            | Self::CheckAccount
            | Self::Papers
            | Self::Missing
            | Self::FollowUp
            | Self::AskBack => Role::Worker,
            Self::Word | Self::JudgeClaim => Role::Approver,
            Self::Publish => Role::Publisher,
            Self::Pay | Self::Confirm | Self::Send | Self::Settle | Self::Collect => Role::Payer,
        }
    }

    /// The words on the console.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Accept => "待受理",
            Self::Supplement => "等补正",
            Self::Visit => "待家访",
            Self::SubmitForApproval => "待送审",
            Self::Budget => "经费不足",
            Self::Objection => "异议待处理",
            Self::Appeal => "申诉待处理",
            Self::CheckAccount => "待核对账户",
            Self::Word => "先救后补待表态",
            Self::Papers => "先救后补待补手续",
            Self::Missing => "没有收到待查",
            Self::FollowUp => "待回访",
            Self::AskBack => "先发的钱待追回",
            Self::JudgeClaim => "追回待决定",
            Self::Collect => "追回待收款",
            Self::Publish => "待公示",
            Self::Pay => "待制单",
            Self::Confirm => "待复核",
            Self::Send => "待送银行",
            Self::Settle => "待对账",
        }
    }

    /// The status of the cases that wait for it, or the last of them; `None` for work on batches.
    pub const fn status(self) -> Option<Status> {
        match self {
            Self::Accept => Some(Status::Submitted),
            Self::Supplement => Some(Status::Supplementing),
            Self::Visit | Self::Word => Some(Status::Accepted),
            Self::SubmitForApproval => Some(Status::Visited),
            Self::Budget => Some(Status::InApproval),
            Self::Objection => Some(Status::Objected),
            Self::Appeal => Some(Status::Appealed),
            Self::CheckAccount => Some(Status::Returned),
            Self::Papers => Some(Status::PapersDue),
            Self::Missing => Some(Status::Unreceived),
            Self::FollowUp | Self::JudgeClaim | Self::Collect => Some(Status::Paid),
            Self::AskBack => Some(Status::Refused),
            Self::Publish => Some(Status::Approved),
            Self::Pay => Some(Status::ReadyToPay),
            Self::Confirm | Self::Send | Self::Settle => None,
        }
    }
}
