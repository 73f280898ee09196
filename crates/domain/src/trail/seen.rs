//! Somebody looked. Each look at what is kept of a person is a row of the chain before the page is shown.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    ids::{CaseId, PersonId},
};

/// At what somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The person's page.
    Page,
    /// What the record says of a day.
    Day,
    /// What the person was told.
    Told,
    /// A case on the desk.
    Case(CaseId),
}

impl Seen {
    const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Day => "day",
            Self::Told => "told",
            Self::Case(_) => "case",
        }
    }
}

/// Writes down that a person's record was looked at.
pub async fn seen(
    db: &DatabaseConnection,
    cx: &Context,
    by: impl Into<By<'_>>,
    (person, what): (PersonId, Seen),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = match what {
        Seen::Case(case) => json!({ "what": what.code(), "case": case }),
        _ => json!({ "what": what.code() }),
    };
    let act = Act { by: by.into(), action: "person.seen", subject: format!("person/{person}"), detail };
    let tx = mailbox::transaction::write(db).await?;
    cx.record(&tx, act, now).await?;
    tx.commit().await
}

/// How somebody was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// By a name, or what sounds like it.
    Name,
    /// By a telephone or identity number.
    Number,
    /// In the roster.
    Roster,
}

impl Found {
    const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Roster => "roster",
        }
    }
}

/// Writes down a search: how, and how many were found, not what was typed. Who was found by a number is named, since it tells
/// whoever typed it whose number it is.
pub async fn found(
    db: &DatabaseConnection,
    cx: &Context,
    by: impl Into<By<'_>>,
    (how, people): (Found, &[PersonId]),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let by = by.into();
    let tx = mailbox::transaction::write(db).await?;
    let act = Act {
        by,
        action: "people.searched",
        subject: format!("search/{}", how.code()),
        detail: json!({ "found": people.len() }),
    };
    cx.record(&tx, act, now).await?;
    if how == Found::Number {
        for person in people {
            let subject = format!("person/{person}");
            let act = Act { by, action: "person.found_by_number", subject, detail: json!({}) };
            cx.record(&tx, act, now).await?;
        }
    }
    tx.commit().await
}
