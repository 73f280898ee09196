//! Why a command of this feature says no: every rule that stands in the way.

use chrono::NaiveDate;
use ledger::Fen;

use super::{
    Status, Step,
    category::NoCategory,
    clawback::NoClaim,
    draft::{FieldError, Question},
    payee::NoPayee,
    payment::layout::Unreadable,
    procedure::Limit,
    public_notice::Leak,
    separation::Rule,
    standard::{Field, Level},
};
use crate::ids::RegionCode;

/// A rule that stands in the way, with what its sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was said there has gone when its time was over; the skeleton of the case stays.
    Erased,
    /// The case is not where this step begins.
    NotNow {
        /// Where it is.
        status: Status,
        /// The step.
        step: Step,
    },
    /// An answer does not fit.
    Answer {
        /// Of which question.
        question: Question,
        /// What is wrong.
        error: FieldError,
    },
    /// A question is still open.
    NotAnswered(Question),
    /// There is a live case of this person in this category.
    LiveCaseExists {
        /// Its number.
        number: String,
    },
    /// This category helps once a year, and did.
    HelpedThisYear {
        /// The case's number.
        number: String,
    },
    /// The person has died.
    Dead,
    /// 回避: who did one step may not do this one.
    Separation(Rule),
    /// A paper was received today or some weeks ago.
    ReceivedDate,
    /// No form with that number was printed for this person or unit.
    NoSuchForm,
    /// The form has become a case already.
    FormUsed,
    /// One visitor is not two.
    OneVisitor,
    /// A visitor is no worker here.
    NotAVisitor,
    /// Who writes the visit down must have been there.
    RecorderNotThere,
    /// The visit would be in the future, or before the request.
    VisitDate,
    /// What was found is missing, or longer than the form.
    Findings,
    /// The amount is outside what the rule allows.
    Amount {
        /// At least.
        least: Fen,
        /// At most.
        most: Fen,
    },
    /// What was paid by the person brings less than the least that is given.
    BelowLeast {
        /// What comes out.
        amount: Fen,
        /// The least.
        least: Fen,
    },
    /// The amount follows from what the person paid himself, and nobody wrote that down.
    SelfPaid,
    /// Another amount follows from what the person paid himself.
    WorkedOut {
        /// This one.
        amount: Fen,
    },
    /// 一事一次: the help before it still holds.
    StillHelped {
        /// The case before.
        number: String,
        /// The first day on which it holds no more.
        until: NaiveDate,
    },
    /// 标准 of a lower layer would widen what an upper one allows.
    Contradicts {
        /// Which value.
        field: Field,
        /// How far it may go, in words.
        limit: String,
        /// Whose row forbids it.
        region: RegionCode,
        /// Since when.
        since: NaiveDate,
        /// The document.
        source: String,
    },
    /// A standard has a range, days and a document.
    Standard,
    /// A standard begins today or later.
    StandardInThePast,
    /// There is one that begins on the same day.
    StandardExists,
    /// Somebody has decided about it already.
    StandardDecided,
    /// Who wrote a standard does not agree to it.
    OwnStandard,
    /// No rule is in force for this category here.
    NoRule,
    /// The budget has not enough (yet).
    BudgetShort {
        /// What nobody was promised yet.
        available: Fen,
        /// What the case needs besides.
        missing: Fen,
    },
    /// The round waits for nothing here.
    NoSuchRound,
    /// The public notice would say too much.
    Leaks(Leak),
    /// There is nothing to say in the objection, or too much.
    Objection,
    /// It has not hung long enough.
    NoticeStillOpen,
    /// Nothing is ready to be paid.
    NothingToPay,
    /// The batch is not where this step begins.
    BatchNotNow,
    /// Who made the batch does not confirm it, or settle it.
    OwnBatch,
    /// Somebody in the batch has died or has another account; he was taken out, and the batch must be looked at again.
    BatchChanged,
    /// 先救后补: more than may be given ahead, or nothing.
    EmergencyCap {
        /// At most.
        most: Fen,
    },
    /// 先救后补 is asked for already.
    EmergencyAsked,
    /// 先救后补: both words are one person's.
    SecondWord,
    /// 补手续: no paper is there.
    NoPapers,
    /// What was paid ahead is not less than what is asked for: less is 不通过, and then 追回.
    BelowAhead {
        /// What was paid ahead.
        paid: Fen,
    },
    /// 回访: not before the money came, not after today.
    FollowUpDate,
    /// 追回.
    Clawback(NoClaim),
    /// Something must be said, in few words.
    Words,
    /// The rule does not fit this decision.
    Ground,
    /// What is missing may still come.
    StillTime {
        /// The last day.
        until: NaiveDate,
    },
    /// The time to appeal is over.
    AppealTooLate {
        /// The last day.
        until: NaiveDate,
    },
    /// Who wrote an appeal down does not judge it.
    OwnAppeal,
    /// Above so much, a meeting is asked before the approver.
    CouncilFirst {
        /// So much needs none.
        above: Fen,
    },
    /// A meeting is held after the visit, and not in the future.
    CouncilDate,
    /// Not of the place, or twice.
    NotAMember,
    /// Too few took part.
    Quorum {
        /// At least.
        needed: usize,
        /// Without those who stepped aside.
        there: usize,
    },
    /// 回避: who may have no part in a case does not vote on it.
    MustRecuse(Rule),
    /// No row says how long this takes.
    NoProcedure(Limit),
    /// A limit has working days and a document.
    Procedure,
    /// 办理期限 of a lower layer would give the office more, or the applicant less.
    ProcedureContradicts {
        /// Of what.
        limit: Limit,
        /// What is set above.
        value: i32,
        /// Whose row forbids it.
        region: RegionCode,
        /// The document.
        source: String,
    },
    /// 分类规定 that cannot be, or without a document.
    Setting,
    /// A lower layer would have a meeting asked later than an upper one.
    SettingContradicts {
        /// What is set above.
        above: Fen,
        /// Whose row forbids it.
        region: RegionCode,
        /// The document.
        source: String,
    },
    /// 帮扶类别.
    Category(NoCategory),
    /// A paper is needed before the approver is asked.
    PaperFirst {
        /// Which, in words.
        paper: String,
    },
    /// The visitors have not answered what is asked about the category.
    AssessmentFirst,
    /// An answer is missing, or none to its question.
    Assessment,
    /// 同一件事: help of another category for the same need still holds.
    SameNeed {
        /// The case before.
        number: String,
        /// For what, in words.
        category: String,
        /// The first day on which it holds no more.
        until: NaiveDate,
    },
    /// Help of another category holds in the same time, and nobody has said yet why both.
    HelpedBesides {
        /// That case.
        number: String,
    },
    /// 代收.
    Payee(NoPayee),
    /// The bank's layout is not known, or does not count today.
    NoSuchLayout,
    /// A layout of this bank begins on the same day.
    LayoutExists,
    /// A layout that cannot be used, or without a name, a code or a source.
    Layout,
    /// The bank's file is no answer to this batch.
    BankFile(Unreadable),
    /// Nobody has looked today who of the batch has died.
    NotCheckedToday,
    /// The account has not changed lately: there is nothing to make sure of.
    AccountIsOld,
    /// Who asked for the new account, or agreed to it, does not make sure of it.
    OwnAccountChange,
    /// Other schemes were declared, and nobody has looked into it yet.
    HelpedElsewhere,
    /// What was looked into is missing, or longer than the form.
    Elsewhere,
    /// No other scheme was declared.
    NothingElsewhere,
    /// The household would get more than it may in this year.
    HouseholdCap {
        /// What it may get.
        most: Fen,
        /// What it was promised, or an approver was asked for.
        used: Fen,
        /// The document that says so.
        source: String,
    },
    /// How he made sure is missing, or longer than the form.
    Vouch,
    /// 超出权限: the amount needs somebody who stands as high as this.
    NotHighEnough(Level),
    /// Somebody changed it in the meantime.
    Stale,
}
