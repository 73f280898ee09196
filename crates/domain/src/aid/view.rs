//! What each kind of reader may see of a case: types that have these fields and no others. Pages and letters take a view,
//! never the case.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;

pub use super::stage::Stage;

use super::{
    Category, Group, RoundState, Status,
    clawback::Cause,
    closing::Reason,
    payment::{PaymentState, ReturnReason},
    ruling::Ground,
};
use crate::ids::{AccountId, CaseId, ObjectionId, PaymentId, PersonId, RegionCode, SupplementId, VisitId};

/// For whoever asked, and for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForApplicant {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Whose it is, by name, if the reader is somebody else.
    pub for_whom: Option<String>,
    /// For what, in the words of the day on which it was sent.
    pub called: String,
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
    /// May one say whether the money came?
    pub asks_receipt: bool,
    /// What is asked back, and what of it has come.
    pub asked_back: Option<(Cause, Fen, Fen)>,
    /// Why the help has ended, if it has.
    pub closed: Option<Reason>,
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
    /// 帮扶类别: of the category only this is told.
    pub group: Group,
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
