//! Writing a relative down, and ending a relation.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;
use serde_json::json;

use super::{Ended, PersonKin, Relationship, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{PersonId, PersonKinId},
    person::{PersonError, PersonRefusal, commands::reached, store as people},
};

/// A relative to be written down.
#[derive(Clone)]
pub struct NewKin {
    /// The name.
    pub name: String,
    /// What the relative is to the person.
    pub relation: Relationship,
    /// The relative's own record.
    pub relative: Option<PersonId>,
    /// Since when, of a marriage.
    pub from_on: Option<NaiveDate>,
}

impl std::fmt::Debug for NewKin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKin").field("relation", &self.relation).finish_non_exhaustive()
    }
}

/// Writes a relative down; of the dead too, whose family is looked after.
pub async fn add(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, new): (PersonId, NewKin),
    now: DateTime<Utc>,
) -> Result<PersonKin, PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, person).await?;
    if new.name.trim().is_empty() {
        return Err(PersonError::Refused(PersonRefusal::NoName));
    }
    if let Some(relative) = new.relative {
        let known = people::find(&tx, relative).await?.filter(|other| other.id != person.id);
        known.ok_or(PersonError::NotFound)?;
    }
    let kin = PersonKin {
        id: PersonKinId::new(now),
        person_id: person.id,
        relative_id: new.relative,
        name: new.name.trim().to_owned(),
        relation: new.relation,
        from_on: new.from_on,
        to_on: None,
        ended_why: None,
        survivor_since: person.died_on.filter(|_| new.relation.survives()),
        recorded_by: Some(worker.account().clone()),
        recorded_at: now,
    };
    let kin = store::insert(&tx, kin).await?;
    let act = Act {
        by: By::from(worker),
        action: "person.kin_added",
        subject: format!("person/{}", person.id),
        detail: json!({ "kin": kin.id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(kin)
}

/// Ends a relation on a day.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, why): (PersonKinId, Ended),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<(), PersonError> {
    let tx = mailbox::transaction::write(db).await?;
    let kin = store::find(&tx, id).await?.ok_or(PersonError::NotFound)?;
    let person = reached(&tx, worker, kin.person_id).await?;
    if !store::end(&tx, id, (on, why)).await? {
        return Err(PersonError::Stale);
    }
    let act = Act {
        by: By::from(worker),
        action: "person.kin_ended",
        subject: format!("person/{}", person.id),
        detail: json!({ "kin": id }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}
