//! What came in. The receiver accepts and answers; a worker claims and handles.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::entity::{State, inbox};
use crate::lane::Lane;
use crate::lease::{self, Leased, Outcome, Queue};
use crate::turn::Writer;
use crate::{After, Depth, Error, Hold, Which, depth, id, insert, sweep};

pub use crate::entity::inbox::Model as Item;

/// What came, not yet accepted. `Debug` shows neither key nor payload.
#[derive(Clone, PartialEq)]
pub struct NewItem {
    /// The sender's id of it, or a digest of the whole.
    pub key: String,
    /// Who comes first when there is a queue.
    pub lane: Lane,
    /// From where it came.
    pub source: String,
    /// Which handler it is for.
    pub kind: String,
    /// What came.
    pub payload: Json,
}

impl std::fmt::Debug for NewItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewItem")
            .field("lane", &self.lane)
            .field("source", &self.source)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What became of something that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It will be handled.
    New,
    /// It was here before; nothing changed.
    Duplicate,
}

pub(crate) struct Inbox;

impl Queue for Inbox {
    const TABLE: &'static str = "inbox";
    const ORDER: &'static str = "q.lane, q.run_at, q.id";
    const ONLY: &'static str = "";
    type Row = Item;
}

impl Leased for Item {
    fn id(&self) -> Uuid {
        self.id
    }
    fn attempts(&self) -> i32 {
        self.attempts
    }
    fn owner(&self) -> Option<&str> {
        self.lease_owner.as_deref()
    }
}

/// Accepts one item. Once this is committed the sender may be told so.
pub async fn accept(db: &impl Writer, item: &NewItem, now: DateTime<Utc>) -> Result<Accepted, DbErr> {
    let _turn = db.turn().await;
    let inserted = inbox::Entity::insert(row(item, now))
        .on_conflict(OnConflict::column(inbox::Column::Key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(if inserted == 1 { Accepted::New } else { Accepted::Duplicate })
}

/// Accepts many items, in statements as large as they may be; one that the table does not take spoils those beside it. Returns how many
/// were new.
pub async fn accept_all(db: &impl Writer, items: &[NewItem], now: DateTime<Utc>) -> Result<usize, DbErr> {
    let mut new = 0;
    for some in items.chunks(insert::MOST) {
        let _turn = db.turn().await;
        new += insert::insert(db, some.iter().map(|item| (item, now))).await?.len();
    }
    Ok(new)
}

fn row(item: &NewItem, now: DateTime<Utc>) -> inbox::ActiveModel {
    let now = now.trunc_subsecs(6);
    inbox::ActiveModel {
        id: Set(id::new(now)),
        key: Set(item.key.clone()),
        lane: Set(item.lane),
        source: Set(item.source.clone()),
        kind: Set(item.kind.clone()),
        payload: Set(item.payload.clone()),
        received_at: Set(now),
        state: Set(State::Waiting),
        attempts: Set(0),
        run_at: Set(now),
        lease_owner: Set(None),
        last_error: Set(None),
        finished_at: Set(None),
    }
}

/// Takes up to `limit` items for `lease`, by lane and then oldest first, also those whose lease ran out.
///
/// `owner` must differ between workers. An item whose handling kills the process comes back every time: look at
/// `attempts` before handling.
pub async fn claim(
    db: &impl Writer,
    owner: &str,
    limit: u32,
    lease: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<Item>, DbErr> {
    let mut items = lease::claim::<Inbox>(db, owner, (limit, ""), lease, now).await?;
    items.sort_unstable_by_key(|item| (item.lane, item.id));
    Ok(items)
}

/// It is handled.
pub async fn done(db: &DatabaseConnection, item: &Item, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Inbox>(db, item, Outcome::Done(now)).await
}

/// It is handled, in the transaction of the effect: both are kept, or neither. When the lease was lost, somebody else
/// may have handled it, so let the error roll the transaction back.
pub async fn done_in(tx: &DatabaseTransaction, item: &Item, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Inbox>(tx, item, Outcome::Done(now)).await
}

/// It failed; try again at `run_at`. `error` is a short code, never a text with a person in it.
pub async fn retry(db: &impl Writer, item: &Item, error: &str, run_at: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Inbox>(db, item, Outcome::Again(error, run_at)).await
}

/// It failed for good.
pub async fn dead(db: &impl Writer, item: &Item, error: &str, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Inbox>(db, item, Outcome::Dead(error, now)).await
}

/// It failed; try again when [`backoff`](crate::backoff) says, or give up.
pub async fn fail(db: &impl Writer, item: &Item, error: &str, now: DateTime<Utc>) -> Result<After, Error> {
    lease::fail::<Inbox>(db, item, error, now).await
}

/// Gives it back untried, as when the server stops: no try is counted.
pub async fn give_back(db: &impl Writer, item: &Item, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Inbox>(db, item, Outcome::Unused(now)).await
}

/// The leases of these, which were claimed together.
pub fn hold(items: &[Item]) -> Hold {
    Hold::of::<Inbox>(items)
}

/// Keeps it until `until`.
pub async fn extend(db: &impl Writer, item: &Item, until: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Inbox>(db, item, Outcome::Longer(until)).await
}

/// How full the inbox is.
pub async fn depth(db: &impl ConnectionTrait) -> Result<Depth, DbErr> {
    depth::depth::<Inbox>(db).await
}

/// Items that were given up, latest first.
pub async fn dead_items(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Item>, DbErr> {
    inbox::Entity::find()
        .filter(Expr::cust("state = 3"))
        .order_by_desc(inbox::Column::FinishedAt)
        .limit(limit)
        .all(db)
        .await
}

/// The item with this key.
pub async fn find(db: &impl ConnectionTrait, key: &str) -> Result<Option<Item>, DbErr> {
    inbox::Entity::find().filter(inbox::Column::Key.eq(key)).one(db).await
}

/// Lets dead items wait again; returns how many.
pub async fn redrive(db: &impl Writer, which: Which<'_>, now: DateTime<Utc>) -> Result<u64, DbErr> {
    sweep::redrive::<Inbox>(db, which, now).await
}

/// Deletes items that were done before `before`; returns how many. From then on their keys are unknown, so keep them
/// for as long as a sender may repeat itself.
pub async fn prune(db: &impl Writer, before: DateTime<Utc>) -> Result<u64, DbErr> {
    sweep::prune::<Inbox>(db, before).await
}

/// Ends every lease at once; returns how many items are free again. Only for a server that knows itself alone on its database, as it
/// starts: whoever had them has died.
pub async fn end_leases(db: &impl Writer, now: DateTime<Utc>) -> Result<u64, DbErr> {
    sweep::end_leases::<Inbox>(db, now).await
}
