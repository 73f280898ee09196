//! How far a case is, in the words of whoever waits for it.

use chrono::{DateTime, Utc};

use super::{CaseEvent, Happened, Status};

/// How far it is, in the words of whoever waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// 已收到.
    Received,
    /// 要补一点材料.
    Missing,
    /// 有人在办了.
    Taken,
    /// 已上门看望.
    Visited,
    /// 正在审批.
    InApproval,
    /// 已同意, 要公示.
    OnNotice,
    /// 先发放, 后补手续.
    Ahead,
    /// 已先发放, 要补手续.
    PapersDue,
    /// 正在发放.
    Paying,
    /// 已发放.
    Paid,
    /// 没有收到, 正在查.
    Unreceived,
    /// 已收到.
    Got,
    /// 已结案.
    Closed,
    /// 银行退回来了.
    Returned,
    /// 这次没有受理.
    Declined,
    /// 这次没有通过.
    Refused,
    /// 申诉正在处理.
    Appealed,
    /// 申诉没有改变结果.
    Final,
    /// 已撤回.
    Withdrawn,
    /// 已结束.
    Ended,
}

impl Stage {
    /// What of the status a reader outside the office is told: an objection is not his to answer, and a draft notice not his
    /// to see.
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Submitted => Self::Received,
            Status::Supplementing => Self::Missing,
            Status::Accepted => Self::Taken,
            Status::Visited => Self::Visited,
            Status::InApproval => Self::InApproval,
            Status::Approved | Status::OnNotice | Status::Objected => Self::OnNotice,
            Status::ReadyToPay | Status::InBatch => Self::Paying,
            Status::Urgent | Status::UrgentBatch => Self::Ahead,
            Status::PapersDue => Self::PapersDue,
            Status::Paid => Self::Paid,
            Status::Unreceived => Self::Unreceived,
            Status::Received => Self::Got,
            Status::Closed => Self::Closed,
            Status::Returned | Status::UrgentReturned => Self::Returned,
            Status::Declined => Self::Declined,
            Status::Refused => Self::Refused,
            Status::Contested | Status::Appealed => Self::Appealed,
            Status::Final => Self::Final,
            Status::Withdrawn => Self::Withdrawn,
            Status::Terminated => Self::Ended,
        }
    }

    /// Is nothing left to do, as far as anybody knows?
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Paid
                | Self::Got
                | Self::Closed
                | Self::Declined
                | Self::Refused
                | Self::Final
                | Self::Withdrawn
                | Self::Ended
        )
    }

    /// The words on the page and in the bot's 进度.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "已经收到",
            Self::Missing => "要补一点材料",
            Self::Taken => "有人在办了",
            Self::Visited => "已经上门看望过",
            Self::InApproval => "正在审批",
            Self::OnNotice => "已经同意，要公示几天",
            Self::Ahead => "先给您发放",
            Self::PapersDue => "钱先发了，要补手续",
            Self::Paying => "正在发放",
            Self::Paid => "已经发放",
            Self::Unreceived => "没有收到，正在查",
            Self::Got => "您已经收到",
            Self::Closed => "这次帮扶结束了",
            Self::Returned => "银行退回来了",
            Self::Declined => "这次没有受理",
            Self::Refused => "这次没有通过",
            Self::Appealed => "申诉正在处理",
            Self::Final => "申诉没有改变结果",
            Self::Withdrawn => "您已经撤回",
            Self::Ended => "已经结束",
        }
    }

    /// What happens next.
    pub const fn next(self) -> Option<&'static str> {
        match self {
            Self::Received => Some("工作人员和您联系"),
            Self::Missing => Some("您补一补，我们就接着办"),
            Self::Appealed => Some("没有办过这件事的同志再看一次"),
            Self::Taken => Some("两位同志上门看望您"),
            Self::Visited => Some("送去审批"),
            Self::InApproval => Some("审批有结果就告诉您"),
            Self::OnNotice => Some("公示结束，没有异议就发放"),
            Self::Ahead => Some("汇到您的银行卡，再补手续"),
            Self::PapersDue => Some("请把材料交给工作人员"),
            Self::Paying => Some("汇到您的银行卡"),
            Self::Returned => Some("工作人员打电话和您核对银行卡"),
            Self::Paid => Some("您看看钱到了没有"),
            Self::Unreceived => Some("工作人员查清楚，打电话给您"),
            Self::Got
            | Self::Closed
            | Self::Declined
            | Self::Refused
            | Self::Final
            | Self::Withdrawn
            | Self::Ended => None,
        }
    }
}

/// The stages that a reader has seen.
pub(super) fn past(log: &[CaseEvent]) -> Vec<(Stage, DateTime<Utc>)> {
    let stage = |event: &CaseEvent| match event.what {
        Happened::Submitted | Happened::Entered { .. } | Happened::AppealUpheld { declined: true, .. } => {
            Some(Stage::Received)
        }
        Happened::SupplementAsked { .. } => Some(Stage::Missing),
        Happened::Declined { .. } => Some(Stage::Declined),
        Happened::Appealed { .. } => Some(Stage::Appealed),
        Happened::AppealDismissed { .. } => Some(Stage::Final),
        Happened::Accepted | Happened::EmergencyTakenBack { .. } => Some(Stage::Taken),
        Happened::Visited { .. } => Some(Stage::Visited),
        Happened::ApprovalAsked { .. } => Some(Stage::InApproval),
        Happened::Approved { .. } => Some(Stage::OnNotice),
        Happened::NoticeClosed { .. } => Some(Stage::Paying),
        Happened::EmergencyGranted { .. } => Some(Stage::Ahead),
        Happened::ReceiptSaid { received: true, .. } => Some(Stage::Got),
        Happened::ReceiptSaid { received: false, .. } => Some(Stage::Unreceived),
        Happened::Closed { .. } => Some(Stage::Closed),
        Happened::Paid { .. } | Happened::Confirmed { .. } | Happened::GivenUp { rest: true, .. } => {
            Some(Stage::Paid)
        }
        Happened::Returned { .. } => Some(Stage::Returned),
        Happened::Refused { .. }
        | Happened::Failed { .. }
        | Happened::Discussed { supported: false, .. }
        | Happened::ObjectionUpheld { .. } => Some(Stage::Refused),
        Happened::Withdrawn | Happened::GivenUp { rest: false, .. } => Some(Stage::Withdrawn),
        Happened::Terminated { .. } => Some(Stage::Ended),
        Happened::EvidenceAdded { .. }
        | Happened::EvidenceRedacted { .. }
        | Happened::EvidenceMarked { .. }
        | Happened::Supplied { .. }
        | Happened::SentBack { .. }
        | Happened::Discussed { supported: true, .. }
        | Happened::AppealUpheld { declined: false, .. }
        | Happened::ApprovalCreated { .. }
        | Happened::BudgetShort { .. }
        | Happened::ApprovalPassed { .. }
        | Happened::PlatformAct { .. }
        | Happened::ApprovalWithdrawn { .. }
        | Happened::DecisionVoid { .. }
        | Happened::DecisionTooLate { .. }
        | Happened::NoticePublished { .. }
        | Happened::Objected { .. }
        | Happened::ObjectionDismissed { .. }
        | Happened::PutInBatch { .. }
        | Happened::TakenOutOfBatch { .. }
        | Happened::BatchConfirmed { .. }
        | Happened::BatchSent { .. }
        | Happened::CarriedOver { .. }
        | Happened::Assessed { .. }
        | Happened::PayeeProposed { .. }
        | Happened::PayeeDecided { .. }
        | Happened::PayeeVouched { .. }
        | Happened::PayeeEnded { .. }
        | Happened::FollowedUp { .. }
        | Happened::ClaimProposed { .. }
        | Happened::ClaimDecided { .. }
        | Happened::ClaimReceived { .. }
        | Happened::ReceiptShown { .. }
        | Happened::WriteOffProposed { .. }
        | Happened::WriteOffDecided { .. }
        | Happened::Reviewed { .. }
        | Happened::EmergencyAsked { .. }
        | Happened::EmergencyBacked { .. }
        | Happened::EmergencyRefused { .. }
        | Happened::PapersCame { .. }
        | Happened::AccountChecked => None,
    };
    log.iter().filter_map(|event| Some((stage(event)?, event.at))).collect()
}
