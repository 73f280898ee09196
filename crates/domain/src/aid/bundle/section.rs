//! What the sections hold.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::{Bucket, Fen};
use serde::{Deserialize, Serialize};

use crate::{
    aid::{
        Assessment, Case, CaseEvent, Category, Happened, Round, RoundState, Status, Visit,
        payment::{Batch, Payment, PaymentState, ReturnReason},
    },
    evidence::{Evidence, Item, Source, State},
    ids::{
        AccountId, AssessmentId, BatchId, CaseId, EvidenceId, PayeeId, PaymentId, PersonId, RegionCode,
        VisitId,
    },
};

/// Every section, in the order in which they stand in the file.
pub const SECTIONS: [&str; 17] = [
    "account",
    "answers",
    "appeals",
    "approvals",
    "assessments",
    "audit",
    "case",
    "day_checks",
    "evidence",
    "history",
    "instalments",
    "ledger",
    "notices",
    "objections",
    "payments",
    "timeline",
    "visits",
];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CaseSection {
    pub(super) case: CaseId,
    pub(super) number: String,
    pub(super) person: PersonId,
    pub(super) region: RegionCode,
    pub(super) category: Category,
    /// In the words of its place on the day on which it was sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) called: String,
    pub(super) status: Status,
    pub(super) approved: Option<Fen>,
    pub(super) paid: Fen,
    pub(super) budget_year: Option<i32>,
}

/// One line of the log. Who did what as what is all here: the verifier judges 回避 again from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) seq: i32,
    pub(super) at: DateTime<Utc>,
    pub(super) actor: Option<AccountId>,
    pub(super) role: String,
    pub(super) what: Happened,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stands_for: Option<AccountId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct VisitEntry {
    pub(super) visit: VisitId,
    pub(super) on: NaiveDate,
    pub(super) lead: AccountId,
    pub(super) second: AccountId,
    pub(super) proposed: Fen,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RoundEntry {
    pub(super) round: i32,
    pub(super) state: RoundState,
    pub(super) amount: Fen,
    pub(super) asked_by: AccountId,
    pub(super) instance: Option<String>,
    pub(super) decided_by: Option<AccountId>,
    pub(super) decided_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PaymentEntry {
    pub(super) payment: PaymentId,
    pub(super) batch: BatchId,
    pub(super) batch_number: String,
    pub(super) batch_sha256: String,
    pub(super) line: i32,
    pub(super) amount: Fen,
    pub(super) state: PaymentState,
    pub(super) reason: Option<ReturnReason>,
    pub(super) settled_at: Option<DateTime<Utc>>,
    /// Who received for the person, by his entry in `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) payee: Option<PayeeId>,
}

/// What visitors assessed: the points, and nothing of what they answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AssessmentEntry {
    pub(super) assessment: AssessmentId,
    pub(super) visit: VisitId,
    pub(super) points: i32,
    pub(super) most: i32,
    pub(super) by: AccountId,
    pub(super) at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LedgerEntry {
    pub(super) entry: String,
    /// By what the ledger knows it again: it names the payment, the round or the case that it is of.
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) posted_at: DateTime<Utc>,
    pub(super) envelope: String,
    pub(super) bucket: String,
    pub(super) amount: Fen,
}

/// A paper: what came and what of it is kept, by hash; what it says stays where it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EvidenceEntry {
    pub(super) evidence: EvidenceId,
    pub(super) item: Item,
    pub(super) source: Source,
    pub(super) state: State,
    pub(super) kind: String,
    pub(super) sent_sha256: String,
    pub(super) kept_sha256: String,
    pub(super) kept_bytes: i64,
    pub(super) redacted_sha256: Option<String>,
    pub(super) sent_by: AccountId,
    pub(super) taken_at: DateTime<Utc>,
    pub(super) sent_at: DateTime<Utc>,
}

impl From<&Case> for CaseSection {
    fn from(case: &Case) -> Self {
        Self {
            case: case.id,
            number: case.number.clone(),
            person: case.person_id,
            region: case.region.clone(),
            category: case.category,
            called: String::new(),
            status: case.status,
            approved: case.approved,
            paid: case.paid,
            budget_year: case.budget_year,
        }
    }
}

impl From<CaseEvent> for Entry {
    fn from(event: CaseEvent) -> Self {
        Self {
            seq: event.seq,
            at: event.at,
            actor: event.actor,
            role: event.role,
            what: event.what,
            stands_for: event.stands_for,
        }
    }
}

impl From<Visit> for VisitEntry {
    fn from(visit: Visit) -> Self {
        Self {
            visit: visit.id,
            on: visit.visited_on,
            lead: visit.lead,
            second: visit.second,
            proposed: visit.proposed,
        }
    }
}

impl From<Assessment> for AssessmentEntry {
    fn from(it: Assessment) -> Self {
        Self {
            assessment: it.id,
            visit: it.visit_id,
            points: it.points,
            most: it.most,
            by: it.recorded_by,
            at: it.recorded_at,
        }
    }
}

impl From<Round> for RoundEntry {
    fn from(round: Round) -> Self {
        Self {
            round: round.round,
            state: round.state,
            amount: round.amount,
            asked_by: round.asked_by,
            instance: round.instance_id,
            decided_by: round.decided_by,
            decided_at: round.decided_at,
        }
    }
}

impl PaymentEntry {
    pub(super) fn of(payment: &Payment, batch: Batch) -> Self {
        Self {
            payment: payment.id,
            batch: batch.id,
            batch_number: batch.number,
            batch_sha256: batch.sha256,
            line: payment.line,
            amount: payment.amount,
            state: payment.state,
            reason: payment.reason,
            settled_at: payment.settled_at,
            payee: payment.payee_id,
        }
    }
}

impl From<Evidence> for EvidenceEntry {
    fn from(paper: Evidence) -> Self {
        Self {
            evidence: paper.id,
            item: paper.item,
            source: paper.source,
            state: paper.state,
            kind: paper.kind,
            sent_sha256: paper.sent_sha256,
            kept_sha256: paper.kept_sha256,
            kept_bytes: paper.kept_bytes,
            redacted_sha256: paper.redacted_sha256,
            sent_by: paper.account_id,
            taken_at: paper.taken_at,
            sent_at: paper.sent_at,
        }
    }
}

impl LedgerEntry {
    pub(super) fn of((key, line): (String, ledger::Line)) -> Self {
        Self {
            entry: line.entry.to_string(),
            key,
            kind: line.kind,
            posted_at: line.posted_at,
            envelope: line.account.envelope.to_string(),
            bucket: bucket(line.account.bucket).to_owned(),
            amount: line.amount,
        }
    }
}

pub(super) const fn bucket(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Appropriated => "appropriated",
        Bucket::Available => "available",
        Bucket::Reserved => "reserved",
        Bucket::Committed => "committed",
        Bucket::Paid => "paid",
        Bucket::WrittenOff => "written_off",
    }
}
