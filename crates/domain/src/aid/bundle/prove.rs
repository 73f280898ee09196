//! Making a bundle.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde::Serialize;
use serde_json::Value;

use super::{
    cut::{self, hash, put_together, sections_of},
    heard,
    instalment::instalments,
    paid, platform,
    seal::{Manifest, Signer},
    section::{
        AssessmentEntry, CaseSection, Entry, EvidenceEntry, LedgerEntry, PaymentEntry, RoundEntry, VisitEntry,
    },
};
use crate::{
    By, Context,
    aid::{AidError, Case, commands::open::Open, separation::Part, store},
    authority::AuditAdmin,
    evidence,
    ids::CaseId,
};

/// Makes the bundle of a case for an auditor who had no part in it. That it was made is in the audit chain, and in the bundle.
pub async fn prove(
    db: &DatabaseConnection,
    cx: &Context,
    auditor: &AuditAdmin,
    signer: &Signer,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, auditor, case).await?;
    open.apart(&tx, auditor, Part::Auditor, now).await?;
    let by = (By::from(auditor), auditor.account().as_str());
    let bytes = make(&tx, cx, (&open, by), signer, now).await?;
    tx.commit().await?;
    Ok(bytes)
}

/// The same for whoever is at the machine itself (`yinling aid prove`).
pub async fn prove_at_the_machine(
    db: &DatabaseConnection,
    cx: &Context,
    signer: &Signer,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::lock(&tx, case).await?;
    let bytes = make(&tx, cx, (&open, (By::INSTALLER, "installer")), signer, now).await?;
    tx.commit().await?;
    Ok(bytes)
}

async fn make(
    tx: &DatabaseTransaction,
    cx: &Context,
    (open, (by, made_by)): (&Open, (By<'_>, &str)),
    signer: &Signer,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, AidError> {
    // First the row that says so: then it is in the slice, and the chain's end stands still until this is committed.
    open.record(tx, cx, by, "aid.proved", now).await?;
    let text = written(&sections(tx, &open.case).await?)?;
    let pieces = sections_of(&text).map_err(|_broken| unwritable())?;
    let hashes = pieces.into_iter().map(|(name, piece)| (name.to_owned(), hash(piece.as_bytes())));
    let manifest = Manifest {
        case: open.case.id,
        number: open.case.number.clone(),
        made_at: now,
        made_by: made_by.to_owned(),
        key: signer.public_key().to_string(),
        sections: hashes.collect(),
    };
    let seal = signer.seal(manifest).map_err(|error| json_error(&error))?;
    let seal = cut::write(&seal).ok_or_else(unwritable)?;
    Ok(put_together(&seal, &text).into_bytes())
}

/// The sections as they will stand in the file.
fn written(sections: &BTreeMap<&'static str, Value>) -> Result<String, AidError> {
    let text = serde_json::to_string_pretty(sections).map_err(|error| json_error(&error))?;
    let inside = text.strip_prefix("{\n").and_then(|text| text.strip_suffix('}')).ok_or_else(unwritable)?;
    Ok(inside.lines().flat_map(|line| ["  ", line, "\n"]).collect())
}

fn unwritable() -> AidError {
    AidError::Db(DbErr::Json("a bundle cannot be written".to_owned()))
}

async fn sections(tx: &DatabaseTransaction, case: &Case) -> Result<BTreeMap<&'static str, Value>, AidError> {
    let timeline = store::case::log(tx, case.id).await?.into_iter().map(Entry::from);
    let visits = store::case::visits(tx, case.id).await?.into_iter().map(VisitEntry::from);
    let approvals = store::approval::of_case(tx, case.id).await?.into_iter().map(RoundEntry::from);
    let lines = ledger::keyed_lines(tx, &case.subject()).await?.into_iter().map(LedgerEntry::of);
    let lines: Vec<LedgerEntry> = lines.collect();
    let mut payments = Vec::new();
    for payment in store::payment::of_case(tx, case.id).await? {
        let batch = store::payment::find_batch(tx, payment.batch_id).await?.ok_or(AidError::NotFound)?;
        payments.push(PaymentEntry::of(&payment, batch));
    }
    let assessed = store::setting::assessments(tx, case.id).await?.into_iter().map(AssessmentEntry::from);
    let papers = evidence::store::of_case(tx, case.id).await?.into_iter().map(EvidenceEntry::from);
    let audit = audit::slice(tx, &case.subject()).await?;
    let called = store::category::load(tx).await?.called(case);
    Ok(BTreeMap::from([
        ("account", value(&paid::account(tx, case).await?)?),
        ("answers", value(&paid::answers(tx, case).await?)?),
        ("appeals", value(&heard::appeals(tx, case).await?)?),
        ("approvals", value(&approvals.collect::<Vec<_>>())?),
        ("assessments", value(&assessed.collect::<Vec<_>>())?),
        ("audit", value(&audit)?),
        ("case", value(&CaseSection { called, ..CaseSection::from(case) })?),
        ("day_checks", value(&paid::day_checks(tx, case).await?)?),
        ("evidence", value(&papers.collect::<Vec<_>>())?),
        ("history", value(&platform::history(tx, case).await?)?),
        ("instalments", value(&instalments(&payments, &lines))?),
        ("ledger", value(&lines)?),
        ("notices", value(&heard::notices(tx, case).await?)?),
        ("objections", value(&heard::objections(tx, case).await?)?),
        ("payments", value(&payments)?),
        ("timeline", value(&timeline.collect::<Vec<_>>())?),
        ("visits", value(&visits.collect::<Vec<_>>())?),
    ]))
}

fn value(section: &impl Serialize) -> Result<Value, AidError> {
    serde_json::to_value(section).map_err(|error| json_error(&error))
}

fn json_error(error: &serde_json::Error) -> AidError {
    AidError::Db(DbErr::Json(error.to_string()))
}
