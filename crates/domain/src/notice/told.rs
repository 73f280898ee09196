//! What somebody is told of a request of one's own.

/// What somebody is told of a request of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// 已收到.
    Received,
    /// 补正.
    Supplement,
    /// 不予受理.
    Declined,
    /// 已受理.
    Accepted,
    /// 通过.
    Approved,
    /// 不通过.
    Refused,
    /// 通过, after an appeal.
    ApprovedAgain,
    /// 不通过, after an appeal.
    RefusedAgain,
    /// 申诉已收到.
    Appealed,
    /// 申诉成立.
    AppealUpheld,
    /// 申诉不成立.
    AppealDismissed,
    /// 先救后补, 同意.
    Granted,
    /// 先救后补, 收回.
    TakenBack,
    /// 先救后补, 已发放.
    PaidAhead,
    /// 先救后补, 手续办好.
    Confirmed,
    /// 要退回一笔.
    AskedBack,
    /// 结案.
    Closed,
    /// 已撤回.
    Withdrawn,
    /// 已发放.
    Paid,
    /// 退汇.
    Returned,
}

impl Told {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Received,
        Self::Supplement,
        Self::Declined,
        Self::Accepted,
        Self::Approved,
        Self::Refused,
        Self::ApprovedAgain,
        Self::RefusedAgain,
        Self::Appealed,
        Self::AppealUpheld,
        Self::AppealDismissed,
        Self::Granted,
        Self::TakenBack,
        Self::PaidAhead,
        Self::Confirmed,
        Self::AskedBack,
        Self::Closed,
        Self::Withdrawn,
        Self::Paid,
        Self::Returned,
    ];

    /// As in a letter's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "aid.received",
            Self::Supplement => "aid.supplement",
            Self::Declined => "aid.declined",
            Self::Accepted => "aid.accepted",
            Self::Approved => "aid.approved",
            Self::Refused => "aid.refused",
            Self::ApprovedAgain => "aid.approved_again",
            Self::RefusedAgain => "aid.refused_again",
            Self::Appealed => "aid.appealed",
            Self::AppealUpheld => "aid.appeal_upheld",
            Self::AppealDismissed => "aid.appeal_dismissed",
            Self::Granted => "aid.granted",
            Self::TakenBack => "aid.taken_back",
            Self::PaidAhead => "aid.paid_ahead",
            Self::Confirmed => "aid.confirmed",
            Self::AskedBack => "aid.asked_back",
            Self::Closed => "aid.closed",
            Self::Withdrawn => "aid.withdrawn",
            Self::Paid => "aid.paid",
            Self::Returned => "aid.returned",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Received => "帮扶申请已收到",
            Self::Supplement => "帮扶申请要补材料",
            Self::Declined | Self::Refused | Self::RefusedAgain => "帮扶申请有结果",
            Self::Accepted => "帮扶申请已受理",
            Self::Approved | Self::ApprovedAgain => "帮扶申请通过",
            Self::Appealed => "帮扶申诉已收到",
            Self::AppealUpheld | Self::AppealDismissed => "帮扶申诉有结果",
            Self::Granted => "帮扶款先发放",
            Self::TakenBack => "帮扶款照正常手续发放",
            Self::PaidAhead => "帮扶款已先发放",
            Self::Confirmed => "帮扶手续办好了",
            Self::AskedBack => "帮扶款有一件事",
            Self::Closed => "帮扶已结束",
            Self::Withdrawn => "帮扶申请已撤回",
            Self::Paid => "帮扶款已发放",
            Self::Returned => "帮扶款退汇",
        }
    }
}
