//! What is limited, in which unit, and by which status it is asked for.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

use crate::aid::Status;

/// A step that has its working days.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// 受理.
    Accept,
    /// 补正: the applicant's time.
    Supply,
    /// 家访.
    Visit,
    /// 初审.
    Review,
    /// 审批.
    Approve,
    /// 发布公示.
    Publish,
    /// 异议处理.
    Resolve,
    /// 制单.
    Pay,
    /// 银行回执: until the bank's answer is written down.
    Settle,
    /// 退汇以后核对账户.
    Account,
    /// 申诉: the applicant's time, from the decision on.
    Appeal,
    /// 申诉处理.
    JudgeAppeal,
    /// 先救后补: until the papers have come.
    Papers,
    /// 先救后补: at most so many yuan.
    EmergencyCap,
    /// 回访: so many of a hundred payments.
    FollowUpShare,
    /// 回访: all payments above so many yuan.
    FollowUpAbove,
    /// 回访: until somebody has gone there.
    FollowUp,
    /// 定期复核: so many months after the last one.
    ReviewMonths,
    /// 家庭上限: what husband and wife get together in a budget year, at most so many yuan.
    HouseholdCap,
    /// 集体研究: of sums above so many yuan.
    CouncilAbove,
    /// 集体研究: so many take part at least.
    Quorum,
    /// 反映问题 about how somebody was served.
    GrievanceAttitude,
    /// 反映问题: nothing happens.
    GrievanceDelay,
    /// 反映问题 about money that did not come, or was not right.
    GrievancePayment,
    /// 反映问题: somebody's affairs were told.
    GrievancePrivacy,
    /// 反映问题: favour or fraud.
    GrievanceFavour,
    /// 反映问题, anything else.
    GrievanceOther,
    /// 反映问题: so much longer, once.
    GrievanceExtended,
}

impl Limit {
    /// All of them, in the order of the way.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// What is limited while a case is there. The public notice has its own days, and what is over has none.
    pub const fn of(status: Status) -> Option<Self> {
        match status {
            Status::Submitted => Some(Self::Accept),
            Status::Supplementing => Some(Self::Supply),
            Status::Accepted => Some(Self::Visit),
            Status::Visited => Some(Self::Review),
            Status::InApproval => Some(Self::Approve),
            Status::Approved => Some(Self::Publish),
            Status::Objected => Some(Self::Resolve),
            Status::ReadyToPay => Some(Self::Pay),
            Status::InBatch => Some(Self::Settle),
            Status::Returned => Some(Self::Account),
            Status::Contested | Status::Appealed => Some(Self::JudgeAppeal),
            Status::Urgent | Status::UrgentBatch | Status::UrgentReturned | Status::PapersDue => {
                Some(Self::Papers)
            }
            Status::OnNotice
            | Status::Paid
            | Status::Unreceived
            | Status::Received
            | Status::Closed
            | Status::Declined
            | Status::Refused
            | Status::Final
            | Status::Withdrawn
            | Status::Terminated => None,
        }
    }

    /// May a lower layer only raise it? Of the applicant's time, of how many take part, and of how many are visited once more; of the office's time, and of the sum above
    /// which a meeting is held, it may only take.
    pub const fn more_is_stricter(self) -> bool {
        matches!(self, Self::Supply | Self::Appeal | Self::Quorum | Self::FollowUpShare)
    }

    /// A value in words.
    pub fn says(self, value: impl std::fmt::Display) -> String {
        match self {
            Self::CouncilAbove | Self::EmergencyCap | Self::HouseholdCap | Self::FollowUpAbove => {
                format!("{value}元")
            }
            Self::FollowUpShare => format!("{value}%"),
            Self::ReviewMonths => format!("{value}个月"),
            Self::Quorum => format!("{value}人"),
            _ => format!("{value}个工作日"),
        }
    }

    /// The largest value that is no slip of the finger.
    pub const fn most(self) -> i32 {
        match self {
            Self::CouncilAbove | Self::EmergencyCap | Self::HouseholdCap | Self::FollowUpAbove => 1_000_000,
            Self::FollowUpShare => 100,
            // Nobody stays longer than a year.
            Self::ReviewMonths => 12,
            Self::Quorum => 99,
            // A year.
            _ => 250,
        }
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Supply => "supply",
            Self::Visit => "visit",
            Self::Review => "review",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Resolve => "resolve",
            Self::Pay => "pay",
            Self::Settle => "settle",
            Self::Account => "account",
            Self::Appeal => "appeal",
            Self::JudgeAppeal => "judge_appeal",
            Self::Papers => "papers",
            Self::EmergencyCap => "emergency_cap",
            Self::FollowUpShare => "follow_up_share",
            Self::FollowUpAbove => "follow_up_above",
            Self::FollowUp => "follow_up",
            Self::ReviewMonths => "review_months",
            Self::HouseholdCap => "household_cap",
            Self::CouncilAbove => "council_above",
            Self::Quorum => "quorum",
            Self::GrievanceAttitude => "grievance_attitude",
            Self::GrievanceDelay => "grievance_delay",
            Self::GrievancePayment => "grievance_payment",
            Self::GrievancePrivacy => "grievance_privacy",
            Self::GrievanceFavour => "grievance_favour",
            Self::GrievanceOther => "grievance_other",
            Self::GrievanceExtended => "grievance_extended",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|limit| limit.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Accept => "受理",
            Self::Supply => "申请人补正",
            Self::Visit => "家访",
            Self::Review => "初审",
            Self::Approve => "审批",
            Self::Publish => "发布公示",
            Self::Resolve => "异议处理",
            Self::Pay => "制单",
            Self::Settle => "银行回执",
            Self::Account => "退汇后核对账户",
            Self::Appeal => "申请人申诉",
            Self::JudgeAppeal => "申诉处理",
            Self::Papers => "先救后补的手续",
            Self::EmergencyCap => "先救后补最多多少",
            Self::FollowUpShare => "回访抽多少",
            Self::FollowUpAbove => "超过多少都回访",
            Self::FollowUp => "回访",
            Self::ReviewMonths => "多久复核一次",
            Self::HouseholdCap => "一家一年最多帮多少",
            Self::CouncilAbove => "超过多少要集体研究",
            Self::Quorum => "集体研究最少人数",
            Self::GrievanceAttitude => "答复反映：服务态度",
            Self::GrievanceDelay => "答复反映：没有人办",
            Self::GrievancePayment => "答复反映：钱没到或不对",
            Self::GrievancePrivacy => "答复反映：泄露个人情况",
            Self::GrievanceFavour => "答复反映：弄虚作假、讲人情",
            Self::GrievanceOther => "答复反映：别的事",
            Self::GrievanceExtended => "答复反映最多延长",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::Limit;

    #[test]
    fn the_row_holds_the_code() {
        for limit in Limit::all() {
            assert_eq!(limit.to_value(), limit.code());
            assert_eq!(Limit::parse(limit.code()), Some(limit));
        }
    }
}
