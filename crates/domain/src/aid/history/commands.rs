//! Keeping what the platform's record says, and opening what people wrote in it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use secrecy::SecretString;
use serde_json::json;

use super::{
    Did, Entry, EntryFile, beside,
    entity::{name_cell, said_cell},
    store,
};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Happened, Round,
        commands::open::{Actor, Open},
        separation::Part,
        store as aid,
    },
    authority::{
        Held, Proof, Role,
        substitution::{self, commands::LONGEST},
    },
    ids::{AccountId, ApprovalEntryId, ApprovalFileId, CaseId},
};

/// A line of the platform's record as it was just read.
#[derive(Clone)]
pub struct Seen {
    /// By what it is known again: time, kind and person as the platform writes them.
    pub mark: String,
    /// Who.
    pub who: Option<AccountId>,
    /// What.
    pub did: Did,
    /// What was written with it; empty is nothing.
    pub said: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What came with it.
    pub files: Vec<SeenFile>,
}

/// A file of a line.
#[derive(Clone)]
pub struct SeenFile {
    /// How the platform knows it.
    pub file_id: String,
    /// What it is called.
    pub name: String,
    /// `pdf`, `jpg`, …
    pub kind: String,
    /// Bytes.
    pub bytes: i64,
}

/// A line with what was sealed of it.
pub struct Opened {
    /// The line.
    pub entry: Entry,
    /// What was written with it.
    pub said: Option<SecretString>,
    /// What came with it, each with its name.
    pub files: Vec<(EntryFile, SecretString)>,
}

/// Keeps the lines of the record that are new, in the transaction of whoever read it; says how many they are.
pub async fn keep_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    round: &Round,
    seen: &[Seen],
    now: DateTime<Utc>,
) -> Result<usize, AidError> {
    let known = store::marks(tx, round).await?;
    let (mut nth, mut kept): (BTreeMap<&str, usize>, usize) = (BTreeMap::new(), 0);
    for (place, one) in (0..).zip(seen) {
        let count = nth.entry(&one.mark).or_default();
        *count += 1;
        // The platform writes minutes: two comments in one of them are told apart by their order.
        let mark = format!("{}#{count}", one.mark);
        if known.contains(&mark) {
            continue;
        }
        let id = ApprovalEntryId::new(now);
        let said = match one.said.as_str() {
            "" => None,
            said => Some(cx.seal.seal(said_cell(&id.to_string()), said)?),
        };
        let (case_id, round, who, did, at) = (round.case_id, round.round, one.who.clone(), one.did, one.at);
        store::insert(tx, Entry { id, case_id, round, mark, place, who, did, said, at, kept_at: now })
            .await?;
        for file in &one.files {
            keep_file(tx, cx, (case_id, id), file, now).await?;
        }
        kept += 1;
    }
    store::was_read(tx, round, now).await?;
    Ok(kept)
}

async fn keep_file(
    tx: &DatabaseTransaction,
    cx: &Context,
    (case_id, entry_id): (CaseId, ApprovalEntryId),
    file: &SeenFile,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let id = ApprovalFileId::new(now);
    let name = cx.seal.seal(name_cell(&id.to_string()), &file.name)?;
    let (file_id, kind, bytes) = (file.file_id.clone(), file.kind.clone(), file.bytes);
    Ok(store::insert_file(tx, EntryFile { id, case_id, entry_id, file_id, name, kind, bytes }).await?)
}

/// Writes into the case's log who has played a part in the platform of which the log does not speak yet. After the decision, if there is
/// one: what that says is said.
pub async fn count_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    round: &Round,
    kept: usize,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let mut open = Open::lock(tx, round.case_id).await?;
    let entries = store::of_case(tx, round.case_id).await?;
    let both = beside(&entries, &open.log);
    let mut noted = 0;
    for (entry, _) in
        entries.iter().zip(both).filter(|(entry, same)| entry.round == round.round && same.is_none())
    {
        let (Some(act), Some(by)) = (entry.did.acted(), &entry.who) else { continue };
        if entry.did == Did::PassedOn && stands_in_or_out(tx, by, now).await? {
            continue;
        }
        let what = Happened::PlatformAct { round: entry.round, by: by.clone(), act };
        open.note(tx, Actor::PLATFORM, what, now).await?;
        noted += 1;
    }
    if kept + noted > 0 {
        let detail = json!({ "round": round.round, "entries": kept, "parts": noted });
        let (by, subject) = (By::PLATFORM, open.case.subject());
        cx.record(tx, Act { by, action: "aid.history_kept", subject, detail }, now).await?;
    }
    Ok(())
}

/// Is the task of this approver passed on, or back, by us in these days? Our own note of it may come a moment later than the platform's.
async fn stands_in_or_out(
    tx: &DatabaseTransaction,
    who: &AccountId,
    now: DateTime<Utc>,
) -> Result<bool, AidError> {
    let rows = substitution::store::of_role(tx, Role::Approver, now - LONGEST).await?;
    Ok(rows.iter().any(|row| row.account_id == *who || row.substitute_id == *who))
}

/// The record with what people wrote in it, for whoever works on the case or decides about it: one look, one audit row.
pub async fn open<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    (proof, part): (&Proof<R>, Part),
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<Vec<Opened>, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, proof, case).await?;
    open.apart(&tx, proof, part, now).await?;
    let files = store::files(&tx, case).await?;
    let mut opened = Vec::new();
    for entry in store::of_case(&tx, case).await? {
        let cell = entry.id.to_string();
        let said = entry.said.as_ref().map(|said| cx.seal.open(said_cell(&cell), said)).transpose()?;
        let mut own = Vec::new();
        for file in files.iter().filter(|file| file.entry_id == entry.id) {
            own.push((file.clone(), cx.seal.open(name_cell(&file.id.to_string()), &file.name)?));
        }
        opened.push(Opened { entry, said, files: own });
    }
    open.record(&tx, cx, By::from(proof), "aid.history_read", now).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Lets the same people fetch a file from the platform: the row first. Says by which instance and id it is asked for.
pub async fn fetch<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    (proof, part): (&Proof<R>, Part),
    (case, file): (CaseId, ApprovalFileId),
    now: DateTime<Utc>,
) -> Result<(String, String), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let open = Open::reached(&tx, proof, case).await?;
    open.apart(&tx, proof, part, now).await?;
    let file = store::file(&tx, case, file).await?.ok_or(AidError::NotFound)?;
    let entry = store::of_file(&tx, &file).await?.ok_or(AidError::NotFound)?;
    let round = aid::approval::find(&tx, case, entry.round).await?.ok_or(AidError::NotFound)?;
    let instance = round.instance_id.ok_or(AidError::NotFound)?;
    let (by, subject, detail) = (By::from(proof), open.case.subject(), json!({ "file": file.id }));
    cx.record(&tx, Act { by, action: "aid.history_file_fetched", subject, detail }, now).await?;
    tx.commit().await?;
    Ok((instance, file.file_id))
}
