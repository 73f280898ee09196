//! Reading the trail, for the audit administrator (who looked at whom, who did what) and for whoever was looked at.

use audit::{Row, Search, Seq};
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::LOOKS;
use crate::{
    Act, By, Context, aid,
    authority::{AuditAdmin, Myself},
    ids::PersonId,
    person,
};

/// Rows of a page.
pub const PAGE: u64 = 100;

/// Looks of a month that are listed; nobody's month has more.
pub const MOST: u64 = 2000;

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No such person, or none of the administrator's places.
    #[error("not found")]
    NotFound,
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// From when on, until when (exclusive).
pub type Time = (DateTime<Utc>, DateTime<Utc>);

/// A page of what a search finds, latest first. That somebody read it is written down first.
pub async fn rows(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &AuditAdmin,
    (search, before): (&Search, Option<Seq>),
    now: DateTime<Utc>,
) -> Result<Vec<Row>, ReadError> {
    let detail =
        json!({ "actor": search.actor, "actions": search.actions, "from": search.from, "to": search.to });
    let act = Act { by: By::from(admin), action: "trail.read", subject: "trail".to_owned(), detail };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(audit::search(db, search, before, PAGE).await?)
}

/// Everybody who looked at a person or at the person's cases within a time, latest first.
pub async fn who_looked(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &AuditAdmin,
    (person, time): (PersonId, Time),
    now: DateTime<Utc>,
) -> Result<Vec<Row>, ReadError> {
    let place = person::store::place_of(db, person).await?.filter(|place| admin.covers(place.clone()));
    place.ok_or(ReadError::NotFound)?;
    let act = Act {
        by: By::from(admin),
        action: "trail.person_read",
        subject: format!("person/{person}"),
        detail: json!({ "from": time.0, "to": time.1 }),
    };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(looks(db, person, time, MOST).await?)
}

/// The same for the person: one's own looks, and those of whoever acts under a mandate, are not among them.
pub async fn who_looked_at_me(
    db: &DatabaseConnection,
    myself: &Myself,
    time: Time,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let rows = looks(db, myself.person(), time, limit).await?;
    Ok(rows.into_iter().filter(|row| !["self", "proxy"].contains(&row.role.as_str())).collect())
}

async fn looks(
    db: &DatabaseConnection,
    person: PersonId,
    (from, to): Time,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let mut subjects = vec![format!("person/{person}")];
    subjects.extend(aid::store::case::of_person(db, person).await?.iter().map(aid::Case::subject));
    let search = Search {
        subjects,
        actions: LOOKS.map(str::to_owned).into(),
        from: Some(from),
        to: Some(to),
        actor: None,
    };
    audit::search(db, &search, None, limit).await
}

/// Writes down that rows leave the house in a file.
pub async fn exported(
    db: &DatabaseConnection,
    cx: &Context,
    search: &Search,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({
        "subjects": search.subjects, "actor": search.actor, "actions": search.actions,
        "from": search.from, "to": search.to,
    });
    let act = Act { by: By::INSTALLER, action: "trail.exported", subject: "trail".to_owned(), detail };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await
}
