//! Asking, agreeing, refusing, taking back, and ticking off what is left.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{DeathUndo, back, store};
use crate::{
    Act, By, Context,
    authority::{Worker, substitution::same_hand},
    ids::{DeathUndoId, DeathUndoLeftId, PersonId},
    person::{PersonError, change::ChangeState, commands::reached},
};

/// Why a death is not taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// No such person or request, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(UndoRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of taking a death back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoRefusal {
    /// No death is recorded.
    Alive,
    /// Whoever asks says how the mistake came about.
    NoReason,
    /// It has a document.
    NoEvidence,
    /// It is asked for already.
    Waiting,
    /// The second person is another one than the first.
    SamePerson,
    /// Somebody has decided already.
    NotNow,
    /// Only who asked takes it back.
    NotYours,
    /// Who refuses says why.
    NoAnswer,
    /// The record was changed at the same moment.
    Stale,
    /// Another record with the same death is merged into this one: the merge is undone first.
    Merged,
}

impl From<UndoRefusal> for UndoError {
    fn from(refusal: UndoRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PersonError> for UndoError {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::Db(error) => Self::Db(error),
            _ => Self::NotFound,
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Mistake<'a> {
    /// How it came about.
    pub reason: &'a str,
    /// The document: its number, or what it is and where it lies.
    pub evidence: &'a str,
}

/// Asks. The worker's role reaches the person.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, mistake): (PersonId, Mistake<'_>),
    now: DateTime<Utc>,
) -> Result<DeathUndo, UndoError> {
    let (reason, evidence) = (mistake.reason.trim(), mistake.evidence.trim());
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, person).await?;
    let died_on = person.died_on.ok_or(UndoRefusal::Alive)?;
    if reason.is_empty() {
        return Err(UndoRefusal::NoReason.into());
    }
    if evidence.is_empty() {
        return Err(UndoRefusal::NoEvidence.into());
    }
    let undo = DeathUndo {
        id: DeathUndoId::new(now),
        person_id: person.id,
        died_on,
        reason: reason.to_owned(),
        evidence: evidence.to_owned(),
        state: ChangeState::Asked,
        asked_by: worker.account().clone(),
        asked_at: now,
        decided_by: None,
        decided_at: None,
        answer: None,
    };
    let undo = store::insert(&tx, undo).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => UndoRefusal::Waiting.into(),
        _ => UndoError::Db(error),
    })?;
    record(&tx, cx, worker, ("person.death_undo_asked", &undo), now).await?;
    tx.commit().await?;
    Ok(undo)
}

/// The second person agrees, or says why not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, refused): (DeathUndoId, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), UndoError> {
    let tx = mailbox::transaction::write(db).await?;
    let undo = store::locked(&tx, id).await?.ok_or(UndoError::NotFound)?;
    let person = reached(&tx, worker, undo.person_id).await?;
    if undo.state != ChangeState::Asked {
        return Err(UndoRefusal::NotNow.into());
    }
    if same_hand(&tx, worker, (&undo.asked_by, undo.asked_at), now).await? {
        return Err(UndoRefusal::SamePerson.into());
    }
    let decided = DeathUndo {
        state: if refused.is_some() { ChangeState::Refused } else { ChangeState::Agreed },
        decided_by: Some(worker.account().clone()),
        decided_at: Some(now),
        answer: refused.map(|why| why.trim().to_owned()),
        ..undo.clone()
    };
    if decided.answer.as_ref().is_some_and(String::is_empty) {
        return Err(UndoRefusal::NoAnswer.into());
    }
    let action = if refused.is_some() {
        "person.death_undo_refused"
    } else {
        if person.died_on != Some(undo.died_on) {
            return Err(UndoRefusal::Stale.into());
        }
        back::to_life(&tx, cx, worker, (&person, &undo), now).await?;
        "person.death_undone"
    };
    store::save(&tx, decided.clone()).await?;
    record(&tx, cx, worker, (action, &decided), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Who asked takes it back.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: DeathUndoId,
    now: DateTime<Utc>,
) -> Result<(), UndoError> {
    let tx = mailbox::transaction::write(db).await?;
    let undo = store::locked(&tx, id).await?.ok_or(UndoError::NotFound)?;
    reached(&tx, worker, undo.person_id).await?;
    if undo.asked_by != *worker.account() {
        return Err(UndoRefusal::NotYours.into());
    }
    if undo.state != ChangeState::Asked {
        return Err(UndoRefusal::NotNow.into());
    }
    let undo = DeathUndo { state: ChangeState::Withdrawn, decided_at: Some(now), ..undo };
    store::save(&tx, undo.clone()).await?;
    record(&tx, cx, worker, ("person.death_undo_withdrawn", &undo), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Something that was left is done. Again changes nothing.
pub async fn done(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, note): (DeathUndoLeftId, &str),
    now: DateTime<Utc>,
) -> Result<(), UndoError> {
    let tx = mailbox::transaction::write(db).await?;
    let left = store::find_left(&tx, id).await?.ok_or(UndoError::NotFound)?;
    let undo = store::find(&tx, left.undo_id).await?.ok_or(UndoError::NotFound)?;
    reached(&tx, worker, undo.person_id).await?;
    if !store::done(&tx, id, (worker.account(), note.trim()), now).await? {
        return Ok(());
    }
    record(&tx, cx, worker, ("person.death_undo_left_done", &undo), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, undo): (&'static str, &DeathUndo),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("person/{}", undo.person_id),
        detail: json!({ "death_undo": undo.id }),
    };
    cx.record(tx, act, now).await
}
