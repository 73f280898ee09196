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

/// A segment of so many is small.
const FEW: u64 = 5_000;

/// Lines of each list of changes.
pub const SHOWN: u64 = 200;

/// Who came in and who went out, among the people whom the reader sees: how many ([`store::member::MOST`] at most), and the last of them.
#[derive(Clone, Debug)]
pub struct Changes {
    /// Came in.
    pub joined: (u64, Vec<Member>),
    /// Went out.
    pub left: (u64, Vec<Member>),
}

/// Since the end of a day.
pub async fn since(
    db: &impl ConnectionTrait,
    reader: &Reader,
    (segment, since): (SegmentId, NaiveDate),
) -> Result<Changes, DbErr> {
    let whose = (segment, reader.scopes.as_slice());
    Ok(Changes {
        joined: store::member::joined_since(db, whose, (since, SHOWN)).await?,
        left: store::member::left_since(db, whose, (since, SHOWN)).await?,
    })
}

/// A page of those who are in, or of whom somebody must find out.
pub async fn page(
    db: &impl ConnectionTrait,
    reader: &Reader,
    (segment, standing): (SegmentId, Standing),
    on_page: (Option<PersonId>, u64),
) -> Result<Page, DbErr> {
    page_of(db, reader, (segment, standing), on_page, FEW).await
}

/// The same, where one of more than `few` is a large one.
pub async fn page_of(
    db: &impl ConnectionTrait,
    reader: &Reader,
    (segment, standing): (SegmentId, Standing),
    (after, limit): (Option<PersonId>, u64),
    few: u64,
) -> Result<Page, DbErr> {
    let named = store::member::named(db, (segment, standing), few).await?;
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
