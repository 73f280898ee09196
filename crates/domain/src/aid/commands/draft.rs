//! Writing a request, a page at a time. A person's own draft: no audit row, no log.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use crate::{
    Context,
    aid::{
        AidError, Refusal,
        draft::{Answer, Answers, Draft, entity::seal},
        store,
    },
    authority::Myself,
    ids::DraftId,
};

/// Begins a draft, or goes on with the one that is still offered.
pub async fn begin(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    now: DateTime<Utc>,
) -> Result<Draft, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    if let Some(draft) = store::draft::of(&tx, myself.account(), myself.person()).await? {
        if draft.is_offered(now) {
            return Ok(draft);
        }
        store::draft::delete(&tx, draft.id).await?;
    }
    let id = DraftId::new(now);
    let draft = Draft {
        id,
        account_id: myself.account().clone(),
        person_id: myself.person(),
        answers: seal(&cx.seal, id, &Answers::default())?,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    if !store::draft::insert(&tx, draft.clone()).await? {
        // Two pages were opened at once; the other one was faster.
        let other = store::draft::of(&tx, myself.account(), myself.person()).await?;
        return other.ok_or(AidError::NotFound);
    }
    tx.commit().await?;
    Ok(draft)
}

/// The draft, if it is this login's for this person and still offered.
pub async fn open(
    db: &DatabaseConnection,
    myself: &Myself,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, AidError> {
    let draft = store::draft::of(db, myself.account(), myself.person()).await?;
    Ok(draft.filter(|draft| draft.is_offered(now)))
}

/// Saves one answer. Of a page that is killed, at most this one is lost.
pub async fn answer(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (draft, answer): (DraftId, Answer),
    now: DateTime<Utc>,
) -> Result<Draft, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let draft = store::draft::locked(&tx, draft).await?.ok_or(AidError::NotFound)?;
    if !belongs(&draft, myself) {
        return Err(AidError::NotFound);
    }
    let answers = draft.answers(&cx.seal)?.with(answer);
    let sealed = seal(&cx.seal, draft.id, &answers)?;
    if !store::draft::save(&tx, &draft, sealed.clone(), now).await? {
        return Err(Refusal::Stale.into());
    }
    tx.commit().await?;
    Ok(Draft { answers: sealed, version: draft.version + 1, updated_at: now, ..draft })
}

/// Throws a draft away. Again is no error.
pub async fn discard(db: &DatabaseConnection, myself: &Myself, draft: DraftId) -> Result<(), AidError> {
    let tx = mailbox::transaction::write(db).await?;
    if let Some(draft) = store::draft::locked(&tx, draft).await? {
        if !belongs(&draft, myself) {
            return Err(AidError::NotFound);
        }
        store::draft::delete(&tx, draft.id).await?;
    }
    tx.commit().await?;
    Ok(())
}

pub(super) fn belongs(draft: &Draft, myself: &Myself) -> bool {
    draft.account_id == *myself.account() && draft.person_id == myself.person()
}
