//! Asking, reading what was asked, answering.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use secrecy::SecretString;
use serde_json::json;

use super::{Answer, Kind, Wish, entity::said_cell, store};
use crate::{
    Act, By, Context,
    authority::{Myself, Worker},
    ids::WishId,
    person,
    privacy::{CannotOpen, CannotSeal},
    retention,
};

/// The longest that somebody may write.
pub const LONGEST: usize = 500;
/// So many wait at most for one person.
const OPEN: usize = 5;

/// Why nothing is asked, read or answered.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// No such wish, or none of the worker's places.
    #[error("not found")]
    NotFound,
    /// Nothing is said, or too much.
    #[error("nothing is said, or too much")]
    Words,
    /// Enough wait already.
    #[error("enough wait already")]
    Enough,
    /// Somebody has answered.
    #[error("answered already")]
    Already,
    /// A hold holds what is on record of the person: nothing is deleted, whoever wishes it.
    #[error("held")]
    Held,
    /// The words do not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The machine has no randomness to give.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Asks, for oneself or under a mandate for information.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (kind, said): (Kind, &str),
    now: DateTime<Utc>,
) -> Result<Wish, WishError> {
    let said = said.trim();
    if said.is_empty() || said.chars().count() > LONGEST {
        return Err(WishError::Words);
    }
    let tx = mailbox::transaction::write(db).await?;
    let before = store::of_person(&tx, myself.person(), 50).await?;
    if before.iter().filter(|wish| wish.answer.is_none()).count() >= OPEN {
        return Err(WishError::Enough);
    }
    let id = WishId::new(now);
    let row = Wish {
        id,
        person_id: myself.person(),
        kind,
        said: cx.seal.seal(said_cell(&id.to_string()), said)?,
        asked_by: myself.account().clone(),
        asked_at: now,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    let wish = store::insert(&tx, row).await?;
    let act = Act {
        by: By::from(myself),
        action: "wish.asked",
        subject: format!("person/{}", wish.person_id),
        detail: json!({ "wish": id, "kind": kind.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(wish)
}

/// The words, for a worker of the place.
pub async fn read(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: WishId,
    now: DateTime<Utc>,
) -> Result<SecretString, WishError> {
    let tx = mailbox::transaction::write(db).await?;
    let wish = store::find(&tx, id).await?.ok_or(WishError::NotFound)?;
    let place = person::store::place_of(&tx, wish.person_id).await?.ok_or(WishError::NotFound)?;
    if !worker.covers(place) {
        return Err(WishError::NotFound);
    }
    let said = cx.seal.open(said_cell(&id.to_string()), &wish.said)?;
    let act = Act {
        by: By::from(worker),
        action: "wish.read",
        subject: format!("person/{}", wish.person_id),
        detail: json!({ "wish": id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(said)
}

/// Answers.
pub async fn answer(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, answer): (WishId, Answer),
    now: DateTime<Utc>,
) -> Result<(), WishError> {
    let tx = mailbox::transaction::write(db).await?;
    let wish = store::find(&tx, id).await?.ok_or(WishError::NotFound)?;
    let place = person::store::place_of(&tx, wish.person_id).await?.ok_or(WishError::NotFound)?;
    if !worker.covers(place) {
        return Err(WishError::NotFound);
    }
    retention::gate(&tx).await?;
    let deleted = wish.kind == Kind::Delete && answer == Answer::Done;
    if deleted && retention::holds::over_person(&tx, wish.person_id).await?.is_some() {
        return Err(WishError::Held);
    }
    if !store::answer(&tx, id, (answer, worker.account()), now).await? {
        return Err(WishError::Already);
    }
    let act = Act {
        by: By::from(worker),
        action: "wish.answered",
        subject: format!("person/{}", wish.person_id),
        detail: json!({ "wish": id, "answer": answer.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}
