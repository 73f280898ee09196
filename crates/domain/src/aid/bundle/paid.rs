//! How the money went, for the proof: to whose account and by whose word, what was looked at on the day, what the bank said. Ids, days and
//! closed words; no name, no account.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::section::{AssessmentEntry, Entry, PaymentEntry};
use crate::{
    aid::{
        AidError, Case, Happened, Payee, PayeeKind, PayeeState,
        payment::{
            AccountVouch, NotPaid, PaymentState,
            answer::{BankWord, Became, Found},
        },
        store,
    },
    ids::{AccountId, AccountVouchId, BankAnswerId, BatchId, DayCheckId, PayeeId, PaymentId, PersonChangeId},
};

/// Who received for the person, and who made sure of new accounts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AccountSection {
    payees: Vec<PayeeEntry>,
    vouches: Vec<VouchEntry>,
}

/// Somebody who was to receive for the person.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct PayeeEntry {
    payee: PayeeId,
    kind: PayeeKind,
    account: Option<AccountId>,
    until: NaiveDate,
    state: PayeeState,
    proposed_by: AccountId,
    proposed_at: DateTime<Utc>,
    decided_by: Option<AccountId>,
    decided_at: Option<DateTime<Utc>>,
    vouched_by: Option<AccountId>,
    vouched_at: Option<DateTime<Utc>>,
    ended_by: Option<AccountId>,
    ended_at: Option<DateTime<Utc>>,
}

/// Somebody made sure of a new account of the person.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct VouchEntry {
    vouch: AccountVouchId,
    change: PersonChangeId,
    by: AccountId,
    at: DateTime<Utc>,
}

/// A check of a batch on the day on which it was paid, and what it found of this case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DayCheckEntry {
    check: DayCheckId,
    batch: BatchId,
    on: NaiveDate,
    remaining: i32,
    by: AccountId,
    at: DateTime<Utc>,
    found: Vec<FoundEntry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct FoundEntry {
    payment: PaymentId,
    why: NotPaid,
}

/// What a file of the bank said of a payment of this case, and what became of that.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AnswerEntry {
    answer: BankAnswerId,
    batch: BatchId,
    sha256: String,
    read_by: AccountId,
    read_at: DateTime<Utc>,
    accepted_by: Option<AccountId>,
    accepted_at: Option<DateTime<Utc>>,
    line: i32,
    payment: PaymentId,
    found: Found,
    /// What the file has, whatever we sent.
    said: Option<BankWord>,
    said_amount: Option<Fen>,
    became: Option<Became>,
}

impl From<Payee> for PayeeEntry {
    fn from(it: Payee) -> Self {
        Self {
            payee: it.id,
            kind: it.kind,
            account: it.account_id,
            until: it.until,
            state: it.state,
            proposed_by: it.proposed_by,
            proposed_at: it.proposed_at,
            decided_by: it.decided_by,
            decided_at: it.decided_at,
            vouched_by: it.vouched_by,
            vouched_at: it.vouched_at,
            ended_by: it.ended_by,
            ended_at: it.ended_at,
        }
    }
}

impl From<AccountVouch> for VouchEntry {
    fn from(it: AccountVouch) -> Self {
        Self { vouch: it.id, change: it.change_id, by: it.vouched_by, at: it.vouched_at }
    }
}

pub(super) async fn account(tx: &DatabaseTransaction, case: &Case) -> Result<AccountSection, AidError> {
    let payees = store::payee::of_case(tx, case.id).await?;
    let vouches = store::account::vouches(tx, case.id).await?;
    Ok(AccountSection {
        payees: payees.into_iter().map(PayeeEntry::from).collect(),
        vouches: vouches.into_iter().map(VouchEntry::from).collect(),
    })
}

/// The batches in which a case was, each once, in their order, with the case's payments in it.
async fn batches(tx: &DatabaseTransaction, case: &Case) -> Result<Vec<(BatchId, Vec<PaymentId>)>, AidError> {
    let mut found: Vec<(BatchId, Vec<PaymentId>)> = Vec::new();
    for payment in store::payment::of_case(tx, case.id).await? {
        match found.iter_mut().find(|(batch, _)| *batch == payment.batch_id) {
            Some((_, payments)) => payments.push(payment.id),
            None => found.push((payment.batch_id, vec![payment.id])),
        }
    }
    Ok(found)
}

pub(super) async fn day_checks(
    tx: &DatabaseTransaction,
    case: &Case,
) -> Result<Vec<DayCheckEntry>, AidError> {
    let mut entries = Vec::new();
    for (batch, payments) in batches(tx, case).await? {
        for (check, findings) in store::day_check::of_batch(tx, batch).await? {
            let of_case = findings.into_iter().filter(|it| payments.contains(&it.payment_id));
            entries.push(DayCheckEntry {
                check: check.id,
                batch,
                on: check.on_day,
                remaining: check.remaining,
                by: check.checked_by,
                at: check.checked_at,
                found: of_case.map(|it| FoundEntry { payment: it.payment_id, why: it.why }).collect(),
            });
        }
    }
    Ok(entries)
}

pub(super) async fn answers(tx: &DatabaseTransaction, case: &Case) -> Result<Vec<AnswerEntry>, AidError> {
    let mut entries = Vec::new();
    for (batch, payments) in batches(tx, case).await? {
        for answer in store::bank::answers(tx, batch).await? {
            for line in store::bank::answer_lines(tx, answer.id).await? {
                let Some(payment) = line.payment_id.filter(|id| payments.contains(id)) else { continue };
                entries.push(AnswerEntry {
                    answer: answer.id,
                    batch,
                    sha256: answer.sha256.clone(),
                    read_by: answer.read_by.clone(),
                    read_at: answer.read_at,
                    accepted_by: answer.accepted_by.clone(),
                    accepted_at: answer.accepted_at,
                    line: line.line,
                    payment,
                    found: line.found,
                    said: line.said,
                    said_amount: line.said_amount,
                    became: line.became,
                });
            }
        }
    }
    Ok(entries)
}

/// Whatever the bank has said something about went in a batch that was looked at on its day.
pub(super) fn checked(payments: &[PaymentEntry], checks: &[DayCheckEntry]) -> bool {
    let went = payments.iter().filter(|it| matches!(it.state, PaymentState::Paid | PaymentState::Returned));
    let mut went = went.map(|it| it.batch);
    let known = |batch| payments.iter().any(|it| it.batch == batch);
    went.all(|batch| checks.iter().any(|check| check.batch == batch))
        && checks.iter().all(|check| known(check.batch))
}

/// What was written down from a file is what the payment says, unless it came back later.
pub(super) fn answered(payments: &[PaymentEntry], answers: &[AnswerEntry]) -> bool {
    let mut written = answers.iter().filter(|it| it.became == Some(Became::Written));
    let same = |it: &AnswerEntry| {
        payments.iter().filter(|payment| payment.payment == it.payment).all(|payment| match it.found {
            Found::Paid => matches!(payment.state, PaymentState::Paid | PaymentState::Returned),
            Found::Returned => payment.state == PaymentState::Returned,
            _ => false,
        })
    };
    let known = |id| payments.iter().any(|payment| payment.payment == id);
    answers.iter().all(|it| known(it.payment) && it.accepted_by.is_some() == it.accepted_at.is_some())
        && written.all(same)
}

/// Whoever received was agreed to by somebody else than who proposed him, as the log says, and is none of those who had a hand in it.
pub(super) fn received(payments: &[PaymentEntry], account: &AccountSection, timeline: &[Entry]) -> bool {
    let said = |of: fn(&Happened) -> Option<PayeeId>| -> BTreeSet<PayeeId> {
        timeline.iter().filter_map(|entry| of(&entry.what)).collect()
    };
    let proposed = said(|what| match what {
        Happened::PayeeProposed { payee } => Some(*payee),
        _ => None,
    });
    let agreed = said(|what| match what {
        Happened::PayeeDecided { payee, agreed: true } => Some(*payee),
        _ => None,
    });
    let there: BTreeSet<PayeeId> = account.payees.iter().map(|it| it.payee).collect();
    let by_two = |it: &PayeeEntry| {
        it.decided_by.as_ref() != Some(&it.proposed_by)
            && it
                .vouched_by
                .as_ref()
                .is_none_or(|third| *third != it.proposed_by && it.decided_by.as_ref() != Some(third))
    };
    let outside = |it: &PayeeEntry| {
        let hands = [Some(&it.proposed_by), it.decided_by.as_ref(), it.vouched_by.as_ref()];
        it.account.as_ref().is_none_or(|receives| !hands.contains(&Some(receives)))
    };
    proposed == there
        && account.payees.iter().all(|it| by_two(it) && outside(it))
        && payments.iter().filter_map(|it| it.payee).all(|payee| agreed.contains(&payee))
}

/// Every assessment is in the log with its points, and no other one is.
pub(super) fn assessed(all: &[AssessmentEntry], timeline: &[Entry]) -> bool {
    let said = timeline.iter().filter_map(|entry| match entry.what {
        Happened::Assessed { assessment, visit, points, most } => Some((assessment, visit, points, most)),
        _ => None,
    });
    let there =
        all.iter().map(|it| (it.assessment, it.visit, it.points.unsigned_abs(), it.most.unsigned_abs()));
    said.collect::<BTreeSet<_>>() == there.collect::<BTreeSet<_>>()
}
