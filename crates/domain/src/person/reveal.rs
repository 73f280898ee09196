//! Looking at a sealed field: one record, one purpose, one audit row.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{Person, SealedColumn, contact, store};
use crate::{
    Context,
    authority::{Held, Myself, Proof, Worker},
    context::{Act, By},
    ids::{PersonContactId, PersonId},
    privacy::{Blind, CannotOpen, Searched},
};

/// What a field is looked at for. A closed list: free text would end up naming people in the audit rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To call or visit the person.
    Contact,
    /// To check who somebody is.
    Verification,
    /// To pay.
    Payment,
}

impl Purpose {
    /// The word in the audit row and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Verification => "verification",
            Self::Payment => "payment",
        }
    }
}

/// Why a field stays closed.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// No such person or value, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The value does not open with the keys there are.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Opens one field for somebody whose role reaches the person. Nothing is shown that was not recorded first.
pub async fn reveal<R: Held>(
    db: &DatabaseConnection,
    cx: &Context,
    proof: &Proof<R>,
    (person, column): (PersonId, SealedColumn),
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<SecretString, RevealError> {
    let tx = mailbox::transaction::write(db).await?;
    let place = store::place_of(&tx, person).await?.ok_or(RevealError::NotFound)?;
    if !proof.covers(place) {
        return Err(RevealError::NotFound);
    }
    let person = store::find(&tx, person).await?.ok_or(RevealError::NotFound)?;
    let clear = open(cx, &person, column)?.ok_or(RevealError::NotFound)?;
    let act = Act {
        by: By::from(proof),
        action: "person.revealed",
        subject: format!("person/{}", person.id),
        detail: json!({ "field": column.code(), "purpose": purpose.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(clear)
}

/// Opens one of one's own numbers. Nobody who acts for somebody sees them.
pub async fn reveal_own(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    column: SealedColumn,
    now: DateTime<Utc>,
) -> Result<SecretString, RevealError> {
    if myself.is_for_another() {
        return Err(RevealError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    let person = store::find(&tx, myself.person()).await?.ok_or(RevealError::NotFound)?;
    let clear = open(cx, &person, column)?.ok_or(RevealError::NotFound)?;
    let act = Act {
        by: By::from(myself),
        action: "person.revealed",
        subject: format!("person/{}", person.id),
        detail: json!({ "field": column.code(), "purpose": "own" }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(clear)
}

/// Opens a number by which a person is reached, to call it.
pub async fn reveal_contact(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonContactId,
    now: DateTime<Utc>,
) -> Result<SecretString, RevealError> {
    let tx = mailbox::transaction::write(db).await?;
    let contact = contact::store::find(&tx, id).await?.filter(|contact| contact.ended_at.is_none());
    let contact = contact.ok_or(RevealError::NotFound)?;
    let place = store::place_of(&tx, contact.person_id).await?.ok_or(RevealError::NotFound)?;
    if !worker.covers(place) {
        return Err(RevealError::NotFound);
    }
    let clear = cx.seal.open(contact::PersonContact::cell(&id.to_string()), &contact.value)?;
    let act = Act {
        by: By::from(worker),
        action: "person.contact_revealed",
        subject: format!("person/{}", contact.person_id),
        detail: json!({ "contact": id, "purpose": Purpose::Contact.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(clear)
}

/// The record with the indexes that the newest key makes, so that it can be compared with another while an index is made anew. What does
/// not open keeps what it has.
pub(crate) fn reindexed(cx: &Context, mut person: Person) -> Person {
    let anew = |column, what, index: Option<Blind>| match index {
        Some(old) if !cx.seal.is_newest_index(&old) => {
            let clear = open(cx, &person, column).ok().flatten();
            Some(clear.map_or(old, |clear| cx.seal.blind(what, clear.expose_secret())))
        }
        index => index,
    };
    let phone = anew(SealedColumn::Phone, Searched::Phone, person.phone_index.clone());
    let identity = anew(SealedColumn::Identity, Searched::IdentityNumber, person.identity_index.clone());
    (person.phone_index, person.identity_index) = (phone, identity);
    person
}

/// Opens one field without a word, for commands that write their own audit row (a payment batch).
pub(crate) fn open(
    cx: &Context,
    person: &Person,
    column: SealedColumn,
) -> Result<Option<SecretString>, CannotOpen> {
    let sealed = match column {
        SealedColumn::Phone => &person.phone,
        SealedColumn::Identity => &person.identity,
        SealedColumn::Payout => &person.payout,
    };
    let row = person.id.to_string();
    sealed.as_ref().map(|sealed| cx.seal.open(column.cell(&row), sealed)).transpose()
}
