//! What pages and the command line ask.

use sea_orm::{ConnectionTrait, DbErr};

use super::{Hold, Item, List, Tombstone, hold, item, list, tombstone};
use crate::ids::{HoldId, RetentionListId};

pub use super::item::Line;

/// One list.
pub async fn list(db: &impl ConnectionTrait, id: RetentionListId) -> Result<Option<List>, DbErr> {
    list::find(db, id).await
}

/// The list that is open.
pub async fn open(db: &impl ConnectionTrait) -> Result<Option<List>, DbErr> {
    list::open(db).await
}

/// Lists, the latest first.
pub async fn lists(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<List>, DbErr> {
    list::latest(db, limit).await
}

/// The lines of a list.
pub async fn lines(db: &impl ConnectionTrait, id: RetentionListId) -> Result<Vec<Line>, DbErr> {
    item::lines(db, id).await
}

/// Subjects of a class on a list, the oldest first.
pub async fn items(
    db: &impl ConnectionTrait,
    of: (RetentionListId, &str),
    limit: u64,
) -> Result<Vec<Item>, DbErr> {
    item::of_class(db, of, limit).await
}

/// One hold.
pub async fn hold(db: &impl ConnectionTrait, id: HoldId) -> Result<Option<Hold>, DbErr> {
    hold::find(db, id).await
}

/// Holds: those that hold, then so many of those that were lifted.
pub async fn holds(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Hold>, DbErr> {
    hold::latest(db, limit).await
}

/// Tombstones, the latest first, and how many there are.
pub async fn tombstones(db: &impl ConnectionTrait, limit: u64) -> Result<(Vec<Tombstone>, u64), DbErr> {
    Ok((tombstone::latest(db, limit).await?, tombstone::count(db).await?))
}
