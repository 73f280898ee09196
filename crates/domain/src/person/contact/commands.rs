//! Writing a number down, calling it, crossing it out.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde_json::json;

use super::{Owner, PersonContact, Purpose, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{PersonContactId, PersonId},
    person::{PersonError, PersonRefusal, commands::reached},
    privacy::{Phone, Searched},
};

/// A number to be written down.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// Whose it is.
    pub owner: Owner,
    /// 女儿, 社区网格员 …
    pub label: Option<String>,
    /// The number.
    pub phone: Phone,
    /// What it may be called for.
    pub purposes: Vec<Purpose>,
}

/// Writes a number down. It is right only once somebody has called it.
pub async fn add(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, new): (PersonId, NewContact),
    now: DateTime<Utc>,
) -> Result<PersonContact, PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, person).await?;
    if !person.is_alive() && new.owner == Owner::Own {
        return Err(PersonError::Refused(PersonRefusal::Died));
    }
    let id = PersonContactId::new(now);
    let row = id.to_string();
    let codes: Vec<&str> =
        Purpose::ALL.into_iter().filter(|one| new.purposes.contains(one)).map(Purpose::code).collect();
    let contact = PersonContact {
        id,
        person_id: person.id,
        owner: new.owner,
        label: new.label.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()),
        value: cx.seal.seal(PersonContact::cell(&row), new.phone.as_str())?,
        value_index: cx.seal.blind(Searched::Phone, new.phone.as_str()),
        tail: crate::privacy::mask::tail(new.phone.as_str()),
        purposes: codes.join(" "),
        verified_at: None,
        verified_by: None,
        recorded_by: Some(worker.account().clone()),
        recorded_at: now,
        ended_at: None,
    };
    let contact = store::insert(&tx, contact).await?;
    record(&tx, cx, worker, "person.contact_added", (person.id, contact.id), now).await?;
    tx.commit().await?;
    Ok(contact)
}

/// Somebody called it, and it was right.
pub async fn verify(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonContactId,
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let contact = mine(&tx, worker, id).await?;
    if !store::verify(&tx, id, worker.account(), now).await? {
        return Err(PersonError::Stale);
    }
    record(&tx, cx, worker, "person.contact_verified", (contact.person_id, id), now).await?;
    tx.commit().await?;
    Ok(())
}

/// It is not used any more; the row stays.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonContactId,
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let contact = mine(&tx, worker, id).await?;
    if !store::end(&tx, id, now).await? {
        return Err(PersonError::Stale);
    }
    record(&tx, cx, worker, "person.contact_ended", (contact.person_id, id), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn mine(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: PersonContactId,
) -> Result<PersonContact, PersonError> {
    let contact = store::find(tx, id).await?.ok_or(PersonError::NotFound)?;
    reached(tx, worker, contact.person_id).await?;
    Ok(contact)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    action: &'static str,
    (person, contact): (PersonId, PersonContactId),
    now: DateTime<Utc>,
) -> Result<(), PersonError> {
    let subject = format!("person/{person}");
    let act = Act { by: By::from(worker), action, subject, detail: json!({ "contact": contact }) };
    Ok(cx.record(tx, act, now).await?)
}
