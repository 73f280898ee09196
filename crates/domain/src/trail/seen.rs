//! Somebody looked. Each look at what is kept of a person is a row of the chain before the page is shown.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use crate::{
    Act, By, Context,
    ids::{
        CaseId, DeathUndoId, IntakeId, PersonChangeId, PersonDoubleId, PersonId, PersonMergeId, SegmentId,
    },
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
    /// The record beside one that looks the same.
    Pair(PersonDoubleId),
    /// The record beside the one that it is, or is to be, merged with.
    Merge(PersonMergeId),
    /// What is to be changed in it.
    Change(PersonChangeId),
    /// That the death in it is to be taken back.
    DeathUndo(DeathUndoId),
    /// The list of the person's relatives.
    Family,
    /// The name, as a relative's, on the page of this person.
    Kin(PersonId),
    /// Which logins are the person's, and who acts for him.
    Logins,
    /// What an import changes in the record.
    Intake(IntakeId),
    /// Why the person is in a segment, or is not.
    Segment(SegmentId),
    /// In which segments the person is.
    Segments,
}

impl Seen {
    const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Day => "day",
            Self::Told => "told",
            Self::Case(_) => "case",
            Self::Pair(_) => "pair",
            Self::Merge(_) => "merge",
            Self::Change(_) => "change",
            Self::DeathUndo(_) => "death_undo",
            Self::Family => "family",
            Self::Kin(_) => "kin",
            Self::Logins => "logins",
            Self::Intake(_) => "intake",
            Self::Segment(_) => "segment",
            Self::Segments => "segments",
        }
    }

    fn detail(self) -> serde_json::Value {
        let what = self.code();
        match self {
            Self::Page | Self::Day | Self::Told | Self::Family | Self::Logins | Self::Segments => {
                json!({ "what": what })
            }
            Self::Case(case) => json!({ "what": what, "case": case }),
            Self::Pair(pair) => json!({ "what": what, "pair": pair }),
            Self::Merge(merge) => json!({ "what": what, "merge": merge }),
            Self::Change(change) => json!({ "what": what, "change": change }),
            Self::DeathUndo(undo) => json!({ "what": what, "death_undo": undo }),
            Self::Kin(of) => json!({ "what": what, "of": of }),
            Self::Intake(intake) => json!({ "what": what, "intake": intake }),
            Self::Segment(segment) => json!({ "what": what, "segment": segment }),
        }
    }
}

/// Writes down that a person's record was looked at.
pub async fn seen(
    db: &DatabaseConnection,
    cx: &Context,
    by: impl Into<By<'_>>,
    look: (PersonId, Seen),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    seen_all(db, cx, by, &[look], now).await
}

/// Writes down that one page shows something of several people: a row for each of them, all or none.
pub async fn seen_all(
    db: &DatabaseConnection,
    cx: &Context,
    by: impl Into<By<'_>>,
    looks: &[(PersonId, Seen)],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if looks.is_empty() {
        return Ok(());
    }
    let by = by.into();
    let tx = mailbox::transaction::write(db).await?;
    for (person, what) in looks {
        let subject = format!("person/{person}");
        let act = Act { by, action: "person.seen", subject, detail: what.detail() };
        cx.record(&tx, act, now).await?;
    }
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
    /// Among those who look the same as somebody else.
    Doubles,
    /// Among those who are in a segment, or who came in or went out.
    Segment,
}

impl Found {
    const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Roster => "roster",
            Self::Doubles => "doubles",
            Self::Segment => "segment",
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
