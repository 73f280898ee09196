//! Do the sections of a genuine bundle agree with each other? A signature says that nothing was changed since; this says that
//! nothing was wrong then.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Bucket, Fen};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::{
    heard::{self, AppealEntry, NoticeEntry, ObjectionEntry},
    instalment::{self, InstalmentEntry},
    paid::{self, AccountSection, AnswerEntry, DayCheckEntry},
    platform::{self, HistoryEntry},
    report::{Broken, Report, Why, broken},
    seal::Manifest,
    section::{
        AssessmentEntry, CaseSection, Entry, EvidenceEntry, LedgerEntry, PaymentEntry, RoundEntry, bucket,
    },
};
use crate::{
    aid::{CaseEvent, Happened, clawback::after_loss, payment::PaymentState, separation, subject},
    evidence::Item,
    ids::{CaseEventId, ClawbackId, EvidenceId},
};

pub(super) fn consistent(sections: &Value, manifest: Manifest) -> Result<Report, Broken> {
    let case: CaseSection = read(sections, "case")?;
    let timeline: Vec<Entry> = read(sections, "timeline")?;
    let lines: Vec<LedgerEntry> = read(sections, "ledger")?;
    let payments: Vec<PaymentEntry> = read(sections, "payments")?;
    let papers: Vec<EvidenceEntry> = read(sections, "evidence")?;
    let audit: audit::Slice = read(sections, "audit")?;

    holds("case", case.case == manifest.case && case.number == manifest.number)?;
    holds("timeline", timeline.iter().zip(1..).all(|(entry, seq)| entry.seq == seq))?;
    holds("timeline", apart(&case, &timeline))?;
    holds("ledger", lines.iter().map(|line| line.amount).sum::<Fen>() == Fen::ZERO)?;
    // What came back from whoever was paid, and what was asked back in vain, was paid all the same.
    let back = lines.iter().filter(|line| {
        line.bucket == bucket(Bucket::Paid)
            && matches!(line.kind.as_str(), "claw_back" | "recover" | "write_off" | "write_off_late")
    });
    let net = in_bucket(&lines, Bucket::Paid).checked_sub(back.map(|line| line.amount).sum());
    holds("ledger", net == Some(case.paid))?;
    let written_off = in_bucket(&lines, Bucket::WrittenOff);
    holds("ledger", Some(written_off) == lost(&timeline))?;
    let paid = payments.iter().filter(|payment| payment.state == PaymentState::Paid);
    holds("payments", paid.map(|payment| payment.amount).sum::<Fen>() == case.paid)?;
    holds("case", case.paid <= case.approved.unwrap_or_default())?;
    let checks: Vec<DayCheckEntry> = read(sections, "day_checks")?;
    let answers: Vec<AnswerEntry> = read(sections, "answers")?;
    let account: AccountSection = read(sections, "account")?;
    let assessed: Vec<AssessmentEntry> = read(sections, "assessments")?;
    holds("day_checks", paid::checked(&payments, &checks))?;
    holds("answers", paid::answered(&payments, &answers))?;
    holds("account", paid::received(&payments, &account, &timeline))?;
    holds("assessments", paid::assessed(&assessed, &timeline))?;
    holds("evidence", logged(&papers, &timeline) && shown(&papers, &payments, &timeline))?;
    let rounds: Vec<RoundEntry> = read(sections, "approvals")?;
    let history: Vec<HistoryEntry> = read(sections, "history")?;
    let notices: Vec<NoticeEntry> = read(sections, "notices")?;
    let objections: Vec<ObjectionEntry> = read(sections, "objections")?;
    let appeals: Vec<AppealEntry> = read(sections, "appeals")?;
    let parts: Vec<InstalmentEntry> = read(sections, "instalments")?;
    holds("history", platform::recorded(&history, &rounds, &timeline))?;
    holds("notices", heard::hung(&notices, &timeline))?;
    holds("objections", heard::objected(&objections, &timeline))?;
    holds("appeals", heard::appealed(&appeals, &timeline))?;
    holds("instalments", instalment::booked(&parts, &payments, &lines))?;
    holds("audit", told(&case, &timeline, &audit))?;

    Ok(Report {
        case: case.case,
        number: case.number,
        status: case.status,
        approved: case.approved,
        paid: case.paid,
        written_off,
        made_at: manifest.made_at,
        made_by: manifest.made_by,
        events: timeline.len(),
        platform_lines: history.len(),
        notices: notices.len(),
        objections: heard::open_objections(&objections),
        appeals: heard::open_appeals(&appeals),
        instalments: instalment::said(&parts),
        audit_rows: audit.rows.len(),
        chain_end: audit.head,
    })
}

fn read<T: DeserializeOwned>(sections: &Value, name: &'static str) -> Result<T, Broken> {
    let section = sections.get(name).cloned().unwrap_or_default();
    serde_json::from_value(section).or(Err(broken(name, Why::Unreadable)))
}

fn holds(section: &str, it: bool) -> Result<(), Broken> {
    if it { Ok(()) } else { Err(broken(section, Why::Contradicts)) }
}

/// What was asked back in vain, without what of it came after all, as the log has it.
fn lost(timeline: &[Entry]) -> Option<Fen> {
    let mut lost: BTreeMap<ClawbackId, Fen> = BTreeMap::new();
    for entry in timeline {
        match entry.what {
            Happened::WriteOffDecided { clawback, agreed: true, amount, .. } => {
                lost.insert(clawback, amount);
            }
            Happened::ClaimReceived { clawback, amount } => {
                if let Some(left) = lost.get_mut(&clawback) {
                    *left = after_loss(*left, amount)?;
                }
            }
            _ => {}
        }
    }
    Some(lost.into_values().sum())
}

/// Every paper by which something was written off, or that shows that a payment came, is one of the case's that shows such a thing.
fn shown(papers: &[EvidenceEntry], payments: &[PaymentEntry], timeline: &[Entry]) -> bool {
    let there = |id: EvidenceId, item| papers.iter().any(|it| it.evidence == id && it.item == item);
    timeline.iter().all(|entry| match entry.what {
        Happened::WriteOffProposed { evidence, .. } => there(evidence, Item::Loss),
        Happened::ReceiptShown { payment, evidence } => {
            there(evidence, Item::Receipt) && payments.iter().any(|it| it.payment == payment)
        }
        _ => true,
    })
}

fn in_bucket(lines: &[LedgerEntry], wanted: Bucket) -> Fen {
    lines.iter().filter(|line| line.bucket == bucket(wanted)).map(|line| line.amount).sum()
}

/// 回避, judged again: nobody took a step that his earlier steps forbid. Parts are few, so every two are compared.
fn apart(case: &CaseSection, timeline: &[Entry]) -> bool {
    let log: Vec<CaseEvent> = timeline
        .iter()
        .map(|entry| CaseEvent {
            id: CaseEventId::from_uuid(Uuid::nil()),
            case_id: case.case,
            seq: entry.seq,
            actor: entry.actor.clone(),
            role: entry.role.clone(),
            what: entry.what.clone(),
            at: entry.at,
            stands_for: entry.stands_for.clone(),
        })
        .collect();
    let parts: Vec<_> = log.iter().flat_map(separation::parts).collect();
    // Whoever steps aside may have done something before, and may not after.
    let aside = |later: &separation::Part| *later == separation::Part::Recused;
    parts.iter().enumerate().all(|(at, (one, actor))| {
        let mut later = parts.iter().skip(at + 1).filter(|(other, _)| !aside(other));
        later.all(|(other, who)| who != actor || !one.excludes(*other))
    })
}

/// Every paper is in the log with the hash of what is kept of it and of its last copy, and no other one is.
fn logged(papers: &[EvidenceEntry], timeline: &[Entry]) -> bool {
    let added = timeline.iter().filter_map(|entry| match &entry.what {
        Happened::EvidenceAdded { evidence, item, sha256 } => Some((*evidence, *item, sha256.as_str())),
        _ => None,
    });
    let said: BTreeSet<_> = added.collect();
    let there = papers.iter().map(|paper| (paper.evidence, paper.item, paper.kept_sha256.as_str()));
    let last_copy = |of: EvidenceId| {
        timeline.iter().rev().find_map(|entry| match &entry.what {
            Happened::EvidenceRedacted { evidence, sha256 } if *evidence == of => Some(sha256.as_str()),
            _ => None,
        })
    };
    said == there.collect()
        && papers.iter().all(|paper| paper.redacted_sha256.as_deref() == last_copy(paper.evidence))
}

/// Every entry of the log has its row in the chain: each row names the last entry of its command.
fn told(case: &CaseSection, timeline: &[Entry], slice: &audit::Slice) -> bool {
    let named = |row: &audit::Row| row.detail().get("event").and_then(Value::as_i64);
    let last = slice.rows.iter().filter_map(|link| named(&link.row)).max();
    slice.subject == subject(case.case)
        && slice.rows.iter().all(|link| link.row.subject == slice.subject)
        && slice.rows.is_sorted_by_key(|link| link.row.seq)
        && last == timeline.last().map(|entry| i64::from(entry.seq))
}
