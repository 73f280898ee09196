//! Statuses in words, for rows and for the desk.

use super::Status;

impl Status {
    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Supplementing => "supplementing",
            Self::Accepted => "accepted",
            Self::Visited => "visited",
            Self::InApproval => "in_approval",
            Self::Approved => "approved",
            Self::OnNotice => "on_notice",
            Self::Objected => "objected",
            Self::ReadyToPay => "ready_to_pay",
            Self::InBatch => "in_batch",
            Self::Paid => "paid",
            Self::Unreceived => "unreceived",
            Self::Received => "received",
            Self::Closed => "closed",
            Self::Returned => "returned",
            Self::Urgent => "urgent",
            Self::UrgentBatch => "urgent_batch",
            Self::UrgentReturned => "urgent_returned",
            Self::PapersDue => "papers_due",
            Self::Declined => "declined",
            Self::Refused => "refused",
            Self::Contested => "contested",
            Self::Appealed => "appealed",
            Self::Final => "final",
            Self::Withdrawn => "withdrawn",
            Self::Terminated => "terminated",
        }
    }

    /// The word on the console; what an applicant reads is [`Stage`](super::view::Stage).
    pub const fn label(self) -> &'static str {
        match self {
            Self::Submitted => "待受理",
            Self::Supplementing => "补正中",
            Self::Accepted => "待家访",
            Self::Visited => "待送审",
            Self::InApproval => "审批中",
            Self::Approved => "待公示",
            Self::OnNotice => "公示中",
            Self::Objected => "异议处理中",
            Self::ReadyToPay => "待发放",
            Self::InBatch => "发放中",
            Self::Paid => "已发放",
            Self::Unreceived => "没有收到，待查",
            Self::Received => "已确认收到",
            Self::Closed => "已结案",
            Self::Returned => "退汇待核对",
            Self::Urgent => "先救后补，待发放",
            Self::UrgentBatch => "先救后补，发放中",
            Self::UrgentReturned => "先救后补，退汇待核对",
            Self::PapersDue => "已先发放，待补手续",
            Self::Declined => "不予受理",
            Self::Refused => "不予帮扶",
            Self::Contested | Self::Appealed => "申诉处理中",
            Self::Final => "维持原决定",
            Self::Withdrawn => "已撤回",
            Self::Terminated => "已终止",
        }
    }
}
