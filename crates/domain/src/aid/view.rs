//! What each kind of reader may see of a case: types that have these fields and no others. Pages and letters take a view,
//! never the case.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;

use super::{
    Category, RoundState, Status,
    payment::{PaymentState, ReturnReason},
    ruling::Ground,
};
use crate::ids::{AccountId, CaseId, ObjectionId, PaymentId, PersonId, RegionCode, SupplementId, VisitId};

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
    /// 已同意, 正在公示.
    OnNotice,
    /// 先发放, 后补手续.
    Ahead,
    /// 已先发放, 要补手续.
    PapersDue,
    /// 正在发放.
    Paying,
    /// 已发放.
    Paid,
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
            Self::Paid | Self::Declined | Self::Refused | Self::Final | Self::Withdrawn | Self::Ended
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
            Self::OnNotice => "已经同意，正在公示",
            Self::Ahead => "先给您发放",
            Self::PapersDue => "钱先发了，要补手续",
            Self::Paying => "正在发放",
            Self::Paid => "已经发放",
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
            Self::Paid | Self::Declined | Self::Refused | Self::Final | Self::Withdrawn | Self::Ended => None,
        }
    }
}

/// For whoever asked, and for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForApplicant {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Whose it is, by name, if the reader is somebody else.
    pub for_whom: Option<String>,
    /// For what.
    pub category: Category,
    /// How far it is.
    pub stage: Stage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// By when the next thing happens, if a day can be named.
    pub next_by: Option<NaiveDate>,
    /// What was approved: on the page only, never in a message.
    pub approved: Option<Fen>,
    /// Whom to ask.
    pub worker: Option<AccountId>,
    /// What is missing, and until when it may come. What exactly is opened by [`read`](super::commands::read).
    pub missing: Option<(SupplementId, NaiveDate)>,
    /// Why it is not helped, once that was decided and unless an appeal was right.
    pub refused: Option<Refused>,
    /// Is there still a button to take it back?
    pub may_withdraw: bool,
    /// What has happened, one line a stage, first to last.
    pub past: Vec<(Stage, DateTime<Utc>)>,
}

/// Why somebody is not helped, as far as it is no secret, and what can be said against that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The rule.
    pub ground: Option<Ground>,
    /// The document, or empty.
    pub basis: String,
    /// The last day of an appeal, if one is set.
    pub until: Option<NaiveDate>,
    /// May one appeal today?
    pub may_appeal: bool,
}

/// For a worker of the place. What the applicant wrote and what visitors found is opened by
/// [`read`](super::commands::read), with an audit row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForWorker {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The person, for his page.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// Somebody else asked for him.
    pub for_another: bool,
    /// For what.
    pub category: Category,
    /// How far it is.
    pub status: Status,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Who took it.
    pub worker: Option<AccountId>,
    /// May it be paid to the account on file?
    pub account_checked: bool,
    /// Agreed, but the budget has not enough.
    pub budget_short: bool,
    /// What was approved.
    pub approved: Option<Fen>,
    /// The visits.
    pub visits: Vec<VisitLine>,
    /// The rounds.
    pub rounds: Vec<RoundLine>,
    /// The objections that nobody has judged.
    pub objections: Vec<ObjectionId>,
}

/// A visit in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitLine {
    /// Which.
    pub visit: VisitId,
    /// When.
    pub on: NaiveDate,
    /// Who led it.
    pub lead: AccountId,
    /// Who came along.
    pub second: AccountId,
    /// What they propose.
    pub proposed: Fen,
}

/// A round in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundLine {
    /// Which.
    pub round: i32,
    /// How far.
    pub state: RoundState,
    /// How much.
    pub amount: Fen,
    /// Who decided.
    pub decided_by: Option<AccountId>,
}

/// For the approver, as the form in the platform: nothing that the visitors wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForApprover {
    /// The case.
    pub case: CaseId,
    /// 受理编号.
    pub number: String,
    /// 轮次.
    pub round: i32,
    /// 申请人.
    pub name: String,
    /// 帮扶类别.
    pub category: Category,
    /// 建议金额.
    pub amount: Fen,
    /// In the platform, the originator.
    pub asked_by: AccountId,
    /// Where, for choosing approvers.
    pub region: RegionCode,
}

/// For the payer: a line of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForPayer {
    /// Which payment.
    pub payment: PaymentId,
    /// Which line.
    pub line: i32,
    /// The case's number.
    pub number: String,
    /// The holder.
    pub payee: String,
    /// The account's last digits.
    pub account_tail: String,
    /// The bank.
    pub bank: String,
    /// How much.
    pub amount: Fen,
    /// How far.
    pub state: PaymentState,
    /// Why it came back.
    pub reason: Option<ReturnReason>,
}

/// For the auditor: ids, steps and money, no name and no word of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForAuditor {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// How far it is.
    pub status: Status,
    /// What was approved.
    pub approved: Option<Fen>,
    /// What was paid and not returned.
    pub paid: Fen,
    /// What happened.
    pub log: Vec<super::CaseEvent>,
    /// What moved.
    pub lines: Vec<ledger::Line>,
}
