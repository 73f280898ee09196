//! Who is in a segment, page by page in the order of names, and who came in and went out since a day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Member, Reader, Standing, facts::visits, store};
use crate::{
    calendar::local_date,
    ids::{PersonId, SegmentId},
    person::roster::{self, Page, Roster},
};

/// Up to how many are asked for one by one. More are met by walking a list, which is soon full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Few {
    /// People of a segment. Of more in a province of half a million every two hundredth name is one.
    pub people: u64,
    /// Units of a place. A county has some hundred.
    pub units: u64,
}

impl Few {
    /// As the pages ask.
    pub const USUAL: Self = Self { people: 2_000, units: 500 };
}

/// Lines of each list of changes.
pub const SHOWN: usize = 200;

/// Who came in and who went out, among the people whom the reader sees: how many ([`store::MOST`] at most), and the last of them.
#[derive(Clone, Debug)]
pub struct Changes {
    /// Came in.
    pub joined: (usize, Vec<Member>),
    /// Went out.
    pub left: (usize, Vec<Member>),
}

/// Since the end of a day.
pub async fn since(
    db: &impl ConnectionTrait,
    reader: &Reader,
    (segment, since): (SegmentId, NaiveDate),
    few: Few,
) -> Result<Changes, DbErr> {
    let whose = (segment, reader.scopes.as_slice(), few);
    Ok(Changes {
        joined: store::scoped::joined_since(db, whose, (since, SHOWN)).await?,
        left: store::scoped::left_since(db, whose, (since, SHOWN)).await?,
    })
}

/// A page of those who are in, or of whom somebody must find out.
pub async fn page(
    db: &impl ConnectionTrait,
    reader: &Reader,
    (segment, standing): (SegmentId, Standing),
    (after, limit): (Option<PersonId>, u64),
    few: Few,
) -> Result<Page, DbErr> {
    let named = store::scoped::named(db, (segment, standing, &reader.scopes), few).await?;
    let roster = Roster { scopes: &reader.scopes, unit: "", after, limit };
    roster::page_of(db, &roster, named).await
}

/// When somebody was with these people last.
pub async fn seen_last(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<HashMap<PersonId, NaiveDate>, DbErr> {
    visits(db, people, (local_date(now), now)).await
}
