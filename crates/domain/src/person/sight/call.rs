//! The telephones of somebody who is seen in part, to call: each that is opened leaves its row, as everywhere.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use secrecy::SecretString;
use serde_json::json;

use super::Sight;
use crate::{
    Act, By, Context,
    authority::Worker,
    consent,
    ids::PersonId,
    person::{
        SealedColumn,
        contact::{self, PersonContact},
        reveal::{Purpose, RevealError, open},
        store,
    },
};

/// A number in the clear.
pub struct Call {
    /// Whose it is; `None`: the roll's own.
    pub contact: Option<PersonContact>,
    /// The number.
    pub number: SecretString,
}

/// Opens them for somebody whose sight reaches the person. A volunteer is called by a corps only who wishes to be asked.
pub async fn phones(
    db: &DatabaseConnection,
    cx: &Context,
    (worker, sight): (&Worker, &Sight),
    id: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Call>, RevealError> {
    let tx = mailbox::transaction::write(db).await?;
    let part = sight.part_of(&tx, id).await?.ok_or(RevealError::NotFound)?;
    if !part.party && !consent::holds(&tx, id, consent::Purpose::Volunteering, now).await? {
        return Err(RevealError::NotFound);
    }
    let person = store::find(&tx, id).await?.ok_or(RevealError::NotFound)?;
    let subject = format!("person/{id}");
    let mut calls = Vec::new();
    if let Some(number) = open(cx, &person, SealedColumn::Phone)? {
        let detail = json!({ "field": SealedColumn::Phone.code(), "purpose": Purpose::Contact.code() });
        let act = Act { by: By::from(worker), action: "person.revealed", subject: subject.clone(), detail };
        cx.record(&tx, act, now).await?;
        calls.push(Call { contact: None, number });
    }
    for row in contact::store::of_person(&tx, id).await? {
        let number = cx.seal.open(PersonContact::cell(&row.id.to_string()), &row.value)?;
        let detail = json!({ "contact": row.id, "purpose": Purpose::Contact.code() });
        let (by, action) = (By::from(worker), "person.contact_revealed");
        cx.record(&tx, Act { by, action, subject: subject.clone(), detail }, now).await?;
        calls.push(Call { contact: Some(row), number });
    }
    tx.commit().await?;
    Ok(calls)
}
