//! Row: `aid_event`, the append-only log of a case.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Channel, clawback::Loss, closing::Reason, payment::ReturnReason, review::Outcome, ruling::Ground,
    separation::Rule, standard::Level,
};
use crate::{
    evidence::{Item, Source, State},
    ids::{
        AccountId, AppealId, ApprovalId, AssessmentId, BatchId, CaseEventId, CaseId, ClawbackId, ClosingId,
        CouncilId, EmergencyId, EvidenceId, FollowUpId, ObjectionId, PayeeId, PaymentId, PublicNoticeId,
        ReviewId, RulingId, SupplementId, VisitId, WriteOffId,
    },
};

/// What happened: ids, amounts and closed words; findings and objections stay sealed in their rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happened {
    /// It began.
    Submitted,
    /// 补正: the actor said what is missing.
    SupplementAsked { supplement: SupplementId, until: NaiveDate },
    /// What was missing came: from the applicant, or the actor wrote down that it was handed in.
    Supplied { supplement: SupplementId, by_hand: bool },
    /// 不予受理.
    Declined { ruling: RulingId, ground: Ground },
    /// The actor entered it for somebody who does not do it on a phone.
    Entered {
        channel: Channel,
        received_on: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<String>,
    },
    /// The actor took it.
    Accepted,
    /// Two were there; the actor wrote it down. `…_for`: for whom one of them stood in.
    Visited {
        visit: VisitId,
        lead: AccountId,
        second: AccountId,
        proposed: Fen,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead_for: Option<AccountId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second_for: Option<AccountId>,
    },
    /// 家访评估: the actor, who was there, answered what was asked.
    Assessed { assessment: AssessmentId, visit: VisitId, points: u32, most: u32 },
    /// The actor wants it visited again.
    SentBack { ruling: RulingId },
    /// 初审不通过.
    Failed { ruling: RulingId, ground: Ground },
    /// 集体研究: the actor wrote down what a meeting said, who took part and who stepped aside.
    Discussed { council: CouncilId, supported: bool, members: Vec<AccountId>, recused: Vec<AccountId> },
    /// A paper came: what of it is kept.
    EvidenceAdded { evidence: EvidenceId, item: Item, sha256: String },
    /// The actor made a copy of a paper in which something is black.
    EvidenceRedacted { evidence: EvidenceId, sha256: String },
    /// The actor has seen the original, or says that the paper does not count.
    EvidenceMarked { evidence: EvidenceId, source: Source, state: State },
    /// The actor sent it to the approver.
    ApprovalAsked { approval: ApprovalId, round: i32, amount: Fen },
    /// The platform has an instance for the round.
    ApprovalCreated { round: i32, instance: String },
    /// The platform asks whoever stands in, because the approver is away; or the approver again, who is back.
    ApprovalPassed { round: i32, to: AccountId, away: AccountId, back: bool },
    /// Somebody did something to the round in the platform that is no decision of ours: what he did counts when parts are kept apart.
    PlatformAct { round: i32, by: AccountId, act: Acted },
    /// The actor agreed, and the money is reserved.
    Approved { round: i32, amount: Fen, year: i32 },
    /// The actor agreed, but the budget has not enough; so much is missing.
    BudgetShort {
        round: i32,
        amount: Fen,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<Fen>,
    },
    /// The actor refused.
    Refused { round: i32 },
    /// The round was taken back in the platform.
    ApprovalWithdrawn { round: i32 },
    /// Somebody decided who may not: the round counts for nothing.
    DecisionVoid { round: i32, why: Void },
    /// A decision came after the case had ended otherwise.
    DecisionTooLate { round: i32 },
    /// The applicant took it back.
    Withdrawn,
    /// 本人不要了: the actor wrote down that the person does not want what was approved; `rest`: beyond what was paid ahead.
    GivenUp { released: Fen, rest: bool },
    /// The notice hangs.
    NoticePublished { notice: PublicNoticeId, closes_on: NaiveDate },
    /// Somebody objected; the clock stands still.
    Objected { objection: ObjectionId, days_left: u32 },
    /// The objection was unfounded; the clock runs on.
    ObjectionDismissed { objection: ObjectionId, closes_on: NaiveDate },
    /// The objection was right.
    ObjectionUpheld { objection: ObjectionId },
    /// The applicant appealed, or the actor wrote down that he did.
    Appealed { appeal: AppealId, by_hand: bool },
    /// The appeal was right; it goes on where it was stopped: received once more if it had been declined, else to another round.
    AppealUpheld { appeal: AppealId, declined: bool },
    /// The appeal was unfounded.
    AppealDismissed { appeal: AppealId },
    /// The notice has hung long enough.
    NoticeClosed { notice: PublicNoticeId },
    /// The actor put it into a batch.
    PutInBatch { batch: BatchId, payment: PaymentId, amount: Fen },
    /// It was taken out again.
    TakenOutOfBatch { batch: BatchId, payment: PaymentId },
    /// The actor confirmed the batch.
    BatchConfirmed { batch: BatchId },
    /// The batch went to the bank.
    BatchSent { batch: BatchId },
    /// The bank paid.
    Paid { payment: PaymentId, amount: Fen },
    /// The bank sent it back.
    Returned { payment: PaymentId, amount: Fen, reason: ReturnReason },
    /// The actor asked for the account: it is right.
    AccountChecked,
    /// 先救后补: the actor asks for money ahead of the papers.
    EmergencyAsked { emergency: EmergencyId, amount: Fen },
    /// The actor is the first of two who say yes.
    EmergencyBacked { emergency: EmergencyId },
    /// The actor is the second, and the money is reserved.
    EmergencyGranted { emergency: EmergencyId, amount: Fen, year: i32, papers_until: NaiveDate },
    /// The actor says no; the case goes the ordinary way.
    EmergencyRefused { emergency: EmergencyId },
    /// The actor takes the word of the two back; what was reserved is free again, and the case goes the ordinary way.
    EmergencyTakenBack { emergency: EmergencyId, released: Fen },
    /// The actor wrote down that the papers have come.
    PapersCame { emergency: EmergencyId },
    /// What was paid ahead is confirmed.
    Confirmed { emergency: EmergencyId },
    /// 回执确认: the person says that the money is there, or not; or the actor wrote that down.
    ReceiptSaid { payment: PaymentId, received: bool, by_hand: bool },
    /// 回访: the actor went there once more.
    FollowedUp { follow_up: FollowUpId, differs: bool },
    /// 定期复核.
    Reviewed { review: ReviewId, outcome: Outcome },
    /// 结案.
    Closed { closing: ClosingId, reason: Reason },
    /// A paper came that shows that a payment was received.
    ReceiptShown { payment: PaymentId, evidence: EvidenceId },
    /// 追回: the actor proposes to ask back what was paid.
    ClaimProposed { clawback: ClawbackId, amount: Fen },
    /// The actor decided it.
    ClaimDecided { clawback: ClawbackId, agreed: bool },
    /// A part of it came.
    ClaimReceived { clawback: ClawbackId, amount: Fen },
    /// 坏账核销: the actor proposes to ask for the rest of a claim no more.
    WriteOffProposed {
        write_off: WriteOffId,
        clawback: ClawbackId,
        amount: Fen,
        loss: Loss,
        evidence: EvidenceId,
    },
    /// The actor agreed to it, or did not.
    WriteOffDecided { write_off: WriteOffId, clawback: ClawbackId, agreed: bool, amount: Fen },
    /// 代收: the actor wrote down who is to receive for the person.
    PayeeProposed { payee: PayeeId },
    /// The actor agreed to him, or did not.
    PayeeDecided { payee: PayeeId, agreed: bool },
    /// The actor made sure of his account.
    PayeeVouched { payee: PayeeId },
    /// The actor ended it: the person receives again.
    PayeeEnded { payee: PayeeId },
    /// 结转: the year whose budget bore it is frozen; what is not yet paid goes over into another one.
    CarriedOver { from: i32, to: i32, amount: Fen },
    /// The person has died; what was reserved is free again.
    Terminated { released: Fen },
}

/// What somebody did in the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acted {
    /// 同意: a step of the flow.
    Agreed,
    /// 不同意.
    Refused,
    /// 转交.
    PassedOn,
    /// 加签.
    AddedSign,
}

/// Why a decision counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Void {
    /// Who decided is no approver there.
    NotAnApprover,
    /// 超出权限: the amount needs somebody higher.
    TooLow(Level),
    /// 回避.
    Separation(Rule),
}

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_event")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseEventId,
    /// To which case.
    pub case_id: CaseId,
    /// 1, 2, 3 … without a gap.
    pub seq: i32,
    /// Who; `None` for the platform and the system.
    pub actor: Option<AccountId>,
    /// As what: a role, `self`, `proxy`, `platform`, `system`.
    pub role: String,
    /// What.
    pub what: Happened,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose substitute the actor was, if he was one.
    pub stands_for: Option<AccountId>,
}

/// A log is a case's.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
