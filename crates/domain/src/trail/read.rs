//! Reading the trail, for the audit administrator (who looked at whom, who did what) and for whoever was looked at.

use std::collections::{BTreeMap, BTreeSet};

use audit::{Row, Search, Seq};
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::{LOOKS, within::Within};
use crate::{
    Act, By, Context, aid,
    authority::{AuditAdmin, Myself},
    export,
    ids::PersonId,
    person::{self, leader},
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
    /// The person is a provincial leader, and for what one looks was not said, or too long ago.
    #[error("no purpose")]
    Purpose,
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// From when on, until when (exclusive).
pub type Time = (DateTime<Utc>, DateTime<Utc>);

/// Rows looked through for one page of a reader to whom most of them are not his.
const THROUGH: usize = 2_000;

/// A page of the trail.
#[derive(Debug)]
pub struct Found {
    /// Latest first.
    pub rows: Vec<Row>,
    /// Before which row to go on; `None`: that was all.
    pub next: Option<Seq>,
}

/// A page of what a search finds of what is the administrator's to read, latest first. That somebody read it is written down first.
pub async fn rows(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &AuditAdmin,
    (search, before): (&Search, Option<Seq>),
    now: DateTime<Utc>,
) -> Result<Found, ReadError> {
    let detail =
        json!({ "actor": search.actor, "actions": search.actions, "from": search.from, "to": search.to });
    let act = Act { by: By::from(admin), action: "trail.read", subject: "trail".to_owned(), detail };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    let mut within = Within::of(admin);
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let (mut rows, mut through, mut next) = (Vec::new(), 0, before);
    loop {
        let some = audit::search(db, search, next, PAGE).await?;
        let all = some.len() < page;
        through += some.len();
        for row in some {
            next = Some(row.seq);
            if within.is_whole() || within.has(db, &row, now).await? {
                rows.push(row);
            }
            if rows.len() == page {
                return Ok(Found { rows, next });
            }
        }
        if all {
            return Ok(Found { rows, next: None });
        }
        if through >= THROUGH {
            return Ok(Found { rows, next });
        }
    }
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
    let guarded = person::store::find(db, person).await?.is_some_and(|person| leader::is_guarded(&person));
    if guarded && !leader::commands::seen(db, cx, admin, person, now).await? {
        return Err(ReadError::Purpose);
    }
    let act = Act {
        by: By::from(admin),
        action: "trail.person_read",
        subject: format!("person/{person}"),
        detail: json!({ "from": time.0, "to": time.1 }),
    };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(looks(db, person, (time, MOST), |_| true).await?)
}

/// The same for the person: one's own looks, and those of whoever acts under a mandate, are not among them.
pub async fn who_looked_at_me(
    db: &DatabaseConnection,
    myself: &Myself,
    time: Time,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let others = |row: &Row| !["self", "proxy"].contains(&row.role.as_str());
    looks(db, myself.person(), (time, limit), others).await
}

async fn looks(
    db: &DatabaseConnection,
    person: PersonId,
    ((from, to), limit): (Time, u64),
    whose: impl Fn(&Row) -> bool,
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
    let mut rows = some(db, &search, limit, &whose).await?;
    rows.extend(on_lists(db, person, &search, limit).await?);
    rows.extend(taken_out(db, person, search, limit).await?);
    rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.seq)));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// So many of those that are wanted, however many others lie between them.
async fn some(
    db: &DatabaseConnection,
    search: &Search,
    limit: u64,
    wanted: &impl Fn(&Row) -> bool,
) -> Result<Vec<Row>, DbErr> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut rows, mut before) = (Vec::new(), None);
    loop {
        let next = audit::search(db, search, before, limit).await?;
        let all = next.len() < most;
        before = next.last().map(|row| row.seq);
        rows.extend(next.into_iter().filter(|row| wanted(row)));
        if all || rows.len() >= most {
            return Ok(rows);
        }
    }
}

/// The lists of payments in which the person stood, read or taken along by somebody.
async fn on_lists(
    db: &DatabaseConnection,
    person: PersonId,
    of: &Search,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let lists = aid::figures::lists_with(db, person).await?;
    if lists.is_empty() {
        return Ok(Vec::new());
    }
    let actions = ["aid.paid_seen", "aid.paid_taken"].map(str::to_owned).into();
    let search = Search { subjects: lists.keys().cloned().collect(), actions, ..of.clone() };
    let since = |row: &Row| lists.get(&row.subject).is_some_and(|since| *since <= row.at);
    some(db, &search, limit, &since).await
}

/// The files in which the person left the house: a row of the chain is about the file, and the list beside it says who was in it.
async fn taken_out(
    db: &DatabaseConnection,
    person: PersonId,
    of: Search,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let (Some(from), Some(to)) = (of.from, of.to) else { return Ok(Vec::new()) };
    let with = export::members::with(db, person, (from, to)).await?;
    let mut files: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for (export, take) in with {
        files.entry(format!("export/{export}")).or_default().insert(i64::from(take));
    }
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let subjects = files.keys().cloned().collect();
    let search = Search { subjects, actions: vec!["export.taken".to_owned()], ..of };
    let mut rows = audit::search(db, &search, None, limit).await?;
    rows.retain(|row| {
        let take = row.detail().get("take").and_then(serde_json::Value::as_i64);
        take.zip(files.get(&row.subject)).is_some_and(|(take, taken)| taken.contains(&take))
    });
    Ok(rows)
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
