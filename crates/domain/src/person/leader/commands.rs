//! Looking at a provincial leader's record: first for what, then each page a row of the chain.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::{LeaderRead, is_guarded, store};
use crate::{
    Context,
    authority::{Held, Proof},
    context::{Act, By},
    ids::{LeaderReadId, PersonId},
    person::{PersonError, PersonRefusal, commands::reached},
};

/// How long a purpose holds.
pub const OPEN_FOR: TimeDelta = TimeDelta::minutes(30);

/// The longest purpose, in characters.
pub const PURPOSE: usize = 100;

/// Says for what one looks, at the record or at who else looked. From then on the pages are open for a while.
pub async fn open<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    proof: &Proof<R>,
    (person, purpose): (PersonId, &str),
    now: DateTime<Utc>,
) -> Result<LeaderRead, PersonError> {
    let purpose = purpose.trim();
    if purpose.is_empty() || purpose.chars().count() > PURPOSE {
        return Err(PersonError::Refused(PersonRefusal::NoPurpose));
    }
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, proof, person).await?;
    if !is_guarded(&person) {
        return Err(PersonError::NotFound);
    }
    let row = LeaderRead {
        id: LeaderReadId::new(now),
        person_id: person.id,
        account_id: proof.account().clone(),
        purpose: purpose.to_owned(),
        read_at: now,
        until: now + OPEN_FOR,
    };
    let row = store::insert_read(&tx, row).await?;
    let act = Act {
        by: By::from(proof),
        action: "leader.opened",
        subject: format!("person/{}", person.id),
        detail: json!({ "read": row.id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(row)
}

/// A page is about to be shown. `false`: for what was not said, or too long ago; nothing may be shown.
pub async fn seen<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    proof: &Proof<R>,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let Some(read) = store::open_read(&tx, (proof.account(), person), now).await? else { return Ok(false) };
    let act = Act {
        by: By::from(proof),
        action: "leader.read",
        subject: format!("person/{person}"),
        detail: json!({ "read": read.id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(true)
}
