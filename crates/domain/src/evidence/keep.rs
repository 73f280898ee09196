//! Keeping a file: announced, written, and then the row. Reading it again.

use chrono::{DateTime, Utc};
use mailbox::point;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{
    Evidence, EvidenceError, Files, Item, Part, Refusal, Sent, Source, State, coming, sealing::FileKey,
    sent::sha256, store,
};
use crate::{
    Context,
    ids::{AccountId, AccountLinkId, CaseId, DraftId, EvidenceId, MandateAskId},
    privacy::Sealed,
};

/// To whom a paper belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Draft(DraftId),
    Case(CaseId),
    Ask(MandateAskId),
    Link(AccountLinkId),
}

/// Objects that are written and have no row yet.
pub(crate) struct Written {
    key: Sealed,
    objects: Vec<String>,
}

/// Writes the objects of a paper. Nothing of it counts before [`row`] is committed.
pub(crate) async fn write(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    (id, sent): (EvidenceId, &Sent),
    now: DateTime<Utc>,
) -> Result<Written, EvidenceError> {
    let key = FileKey::fresh()?;
    let small = sent.examined.small.as_deref().map(|small| (Part::Small, small));
    let parts = [Some((Part::Original, sent.examined.bytes.as_slice())), small];
    let objects = objects(db, files, (&key, id), parts.into_iter().flatten().collect(), now).await?;
    Ok(Written { key: key.sealed(cx, id)?, objects })
}

/// Announces, seals and writes.
async fn objects(
    db: &DatabaseConnection,
    files: &Files,
    (key, id): (&FileKey, EvidenceId),
    parts: Vec<(Part, &[u8])>,
    now: DateTime<Utc>,
) -> Result<Vec<String>, EvidenceError> {
    let names: Vec<String> = parts.iter().map(|_| Files::name()).collect();
    coming::announce(db, &names, now).await?;
    point("evidence.announced").await?;
    for (name, (part, bytes)) in names.iter().zip(parts) {
        files.put(name, key.seal((id, part), bytes)?).await?;
    }
    point("evidence.written").await?;
    Ok(names)
}

/// What is said of a paper that comes.
pub(crate) struct New<'a> {
    pub(crate) id: EvidenceId,
    pub(crate) owner: Owner,
    pub(crate) item: Item,
    pub(crate) source: Source,
    pub(crate) by: &'a AccountId,
    pub(crate) sent: &'a Sent,
}

/// Writes the row of what was written.
pub(crate) async fn row(
    tx: &DatabaseTransaction,
    written: Written,
    new: New<'_>,
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    if !coming::arrived(tx, &written.objects).await? {
        return Err(EvidenceError::TooLate);
    }
    let sent = new.sent;
    let mut objects = written.objects.into_iter();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let row = Evidence {
        id: new.id,
        draft_id: if let Owner::Draft(id) = new.owner { Some(id) } else { None },
        case_id: if let Owner::Case(id) = new.owner { Some(id) } else { None },
        ask_id: if let Owner::Ask(id) = new.owner { Some(id) } else { None },
        link_id: if let Owner::Link(id) = new.owner { Some(id) } else { None },
        item: new.item,
        source: new.source,
        state: State::Counts,
        kind: sent.examined.kind.code().to_owned(),
        sent_sha256: sent.sha256.clone(),
        sent_bytes: count(sent.bytes),
        kept_sha256: sha256(&sent.examined.bytes),
        kept_bytes: count(sent.examined.bytes.len()),
        pages: sent.examined.pages.and_then(|pages| i32::try_from(pages).ok()),
        was_read: sent.examined.was_read,
        file_key: written.key,
        object: objects.next().unwrap_or_default(),
        small: objects.next(),
        redacted: None,
        redacted_small: None,
        redacted_sha256: None,
        redacted_by: None,
        redacted_at: None,
        account_id: new.by.clone(),
        taken_at: sent.taken_at(now),
        sent_at: now,
    };
    store::insert(tx, row.clone()).await?;
    Ok(row)
}

/// A copy with black rectangles that is written and that no row names yet.
pub(crate) struct Redacted {
    objects: Vec<String>,
    sha256: String,
}

/// Writes the objects of a copy with black rectangles, under the paper's own key.
pub(crate) async fn write_redacted(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    paper: &Evidence,
    (copy, small): (&[u8], &[u8]),
    now: DateTime<Utc>,
) -> Result<Redacted, EvidenceError> {
    let key = FileKey::of(cx, paper.id, &paper.file_key)?;
    let parts = vec![(Part::Redacted, copy), (Part::RedactedSmall, small)];
    let objects = objects(db, files, (&key, paper.id), parts, now).await?;
    Ok(Redacted { objects, sha256: sha256(copy) })
}

/// The row names the copy from now on; another one that it named before belongs to nobody.
pub(crate) async fn row_redacted(
    tx: &DatabaseTransaction,
    paper: Evidence,
    (written, by): (Redacted, &AccountId),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    if !coming::arrived(tx, &written.objects).await? {
        return Err(EvidenceError::TooLate);
    }
    let mut objects = written.objects.into_iter();
    let row = Evidence {
        redacted: objects.next(),
        redacted_small: objects.next(),
        redacted_sha256: Some(written.sha256),
        redacted_by: Some(by.clone()),
        redacted_at: Some(now),
        ..paper
    };
    store::save(tx, row.clone()).await?;
    Ok(row)
}

/// A part of a paper, opened.
pub(crate) async fn open(
    (cx, files): (&Context, &Files),
    paper: &Evidence,
    part: Part,
) -> Result<Vec<u8>, EvidenceError> {
    if !paper.is_there() {
        return Err(Refusal::Gone.into());
    }
    let object = paper.object_of(part).ok_or(EvidenceError::NotFound)?;
    let key = FileKey::of(cx, paper.id, &paper.file_key)?;
    Ok(key.open((paper.id, part), &files.get(object).await?)?)
}
