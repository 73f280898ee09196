//! What goes out. A command pushes letters in its transaction; the dispatcher claims and sends.
//!
//! **Order.** Urgent lanes go first. To one addressee, letters of one lane go one at a time, in the order of `due_at`
//! and then of writing: a letter is not claimable while an earlier one waits, waits for its next try, or is being
//! sent. A letter due tomorrow does not hold up one due now; a dead letter holds up nothing. Without an addressee there
//! is no order.

use std::{fmt::Write, time::Duration};

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::entity::{State, outbox};
use crate::lease::{self, Leased, Outcome, Queue};
use crate::turn::Writer;
use crate::{After, Depth, Error, Hold, Which, depth, id, sweep};

pub use crate::entity::outbox::Model as Letter;
use crate::lane::Lane;

/// A letter, not yet pushed. `Debug` does not show the payload.
#[derive(Clone, PartialEq)]
pub struct NewLetter {
    /// What it tells of, such as `aid.approved/<case>`.
    pub key: String,
    /// Who comes first.
    pub lane: Lane,
    /// Which sentence it becomes.
    pub kind: String,
    /// For whom, when the order of letters to one person matters.
    pub addressee: Option<String>,
    /// Ids only.
    pub payload: Json,
    /// When it should go.
    pub run_at: DateTime<Utc>,
}

impl std::fmt::Debug for NewLetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewLetter")
            .field("lane", &self.lane)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// It will go.
    New,
    /// One with this key was there before; nothing changed.
    Duplicate,
}

pub(crate) struct Outbox;

impl Queue for Outbox {
    const TABLE: &'static str = "outbox";
    const ORDER: &'static str = "q.lane, q.run_at, q.id";
    const ONLY: &'static str = "AND (q.addressee IS NULL OR NOT EXISTS (\
        SELECT 1 FROM outbox AS e WHERE e.state IN (0, 1) AND e.addressee = q.addressee AND e.lane = q.lane \
        AND (e.due_at < q.due_at OR (e.due_at = q.due_at AND e.id < q.id))))";
    type Row = Letter;
}

impl Leased for Letter {
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

/// Pushes a letter, in the transaction of what it tells about: a transaction that rolls back leaves no letter.
pub async fn push(
    tx: &impl ConnectionTrait,
    letter: &NewLetter,
    now: DateTime<Utc>,
) -> Result<Pushed, DbErr> {
    let due = letter.run_at.trunc_subsecs(6);
    let row = outbox::ActiveModel {
        id: Set(id::new(now)),
        key: Set(letter.key.clone()),
        lane: Set(letter.lane),
        kind: Set(letter.kind.clone()),
        addressee: Set(letter.addressee.clone()),
        payload: Set(letter.payload.clone()),
        due_at: Set(due),
        pushed_at: Set(now.trunc_subsecs(6)),
        state: Set(State::Waiting),
        attempts: Set(0),
        run_at: Set(due),
        lease_owner: Set(None),
        last_error: Set(None),
        finished_at: Set(None),
    };
    let inserted = outbox::Entity::insert(row)
        .on_conflict(OnConflict::column(outbox::Column::Key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(if inserted == 1 { Pushed::New } else { Pushed::Duplicate })
}

/// Which letters are taken.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// At most so many.
    pub limit: u32,
    /// Nothing of the lanes behind this one: when little may be sent, what may wait waits where it is, unclaimed and in its order.
    pub last: Lane,
    /// Only of these kinds, which are words and dots.
    pub kinds: Option<&'a [&'static str]>,
}

impl Wanted<'_> {
    /// The conditions, of literals.
    fn sql(self) -> String {
        let mut sql = match self.last {
            Lane::Greeting => String::new(),
            last => format!("AND q.lane <= {}", last.to_value()),
        };
        if let Some(kinds) = self.kinds {
            debug_assert!(kinds.iter().all(|kind| !kind.contains('\'')));
            write!(sql, " AND q.kind IN ('{}')", kinds.join("', '")).ok();
        }
        sql
    }
}

/// Takes up to `limit` letters for `lease`: urgent lanes first, one per addressee and lane, also those whose lease ran
/// out. `owner` must differ between workers.
pub async fn claim(
    db: &impl Writer,
    owner: &str,
    limit: u32,
    lease: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<Letter>, DbErr> {
    claim_of(db, owner, Wanted { limit, last: Lane::Greeting, kinds: None }, lease, now).await
}

/// The same, but only what is wanted.
pub async fn claim_of(
    db: &impl Writer,
    owner: &str,
    wanted: Wanted<'_>,
    lease: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<Letter>, DbErr> {
    let sql = wanted.sql();
    let mut letters = lease::claim::<Outbox>(db, owner, (wanted.limit, &sql), lease, now).await?;
    letters.sort_unstable_by_key(|letter| (letter.lane, letter.due_at, letter.id));
    Ok(letters)
}

/// It is sent.
pub async fn done(db: &DatabaseConnection, letter: &Letter, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Outbox>(db, letter, Outcome::Done(now)).await
}

/// It is sent, in the transaction that writes down the delivery.
pub async fn done_in(tx: &DatabaseTransaction, letter: &Letter, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Outbox>(tx, letter, Outcome::Done(now)).await
}

/// It failed; try again at `run_at`. `error` is a short code, never a text with a person in it.
pub async fn retry(
    db: &impl Writer,
    letter: &Letter,
    error: &str,
    run_at: DateTime<Utc>,
) -> Result<(), Error> {
    lease::settle::<Outbox>(db, letter, Outcome::Again(error, run_at)).await
}

/// It failed for good.
pub async fn dead(db: &impl Writer, letter: &Letter, error: &str, now: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Outbox>(db, letter, Outcome::Dead(error, now)).await
}

/// It failed; try again when [`backoff`](crate::backoff) says, or give up.
pub async fn fail(
    db: &impl Writer,
    letter: &Letter,
    error: &str,
    now: DateTime<Utc>,
) -> Result<After, Error> {
    lease::fail::<Outbox>(db, letter, error, now).await
}

/// Gives it back untried, as when the server stops or a quota is used up until `run_at`: no try is counted.
pub async fn give_back(db: &impl Writer, letter: &Letter, run_at: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Outbox>(db, letter, Outcome::Unused(run_at)).await
}

/// The leases of these, which were claimed together.
pub fn hold(letters: &[Letter]) -> Hold {
    Hold::of::<Outbox>(letters)
}

/// Keeps it until `until`.
pub async fn extend(db: &impl Writer, letter: &Letter, until: DateTime<Utc>) -> Result<(), Error> {
    lease::settle::<Outbox>(db, letter, Outcome::Longer(until)).await
}

/// Takes back a letter that nobody has claimed yet, as when the meeting it reminds of is cancelled. False when there is
/// none, or it is too late. Its key is free again.
pub async fn withdraw(tx: &impl ConnectionTrait, key: &str) -> Result<bool, DbErr> {
    let deleted = outbox::Entity::delete_many()
        .filter(outbox::Column::Key.eq(key))
        .filter(Expr::cust("state = 0"))
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// How full the outbox is.
pub async fn depth(db: &impl ConnectionTrait) -> Result<Depth, DbErr> {
    depth::depth::<Outbox>(db).await
}

/// How many letters wait in each lane, in the order of the lanes; a lane without letters is left out.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<Vec<(Lane, i64)>, DbErr> {
    outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Lane)
        .column_as(outbox::Column::Id.count(), "waiting")
        .filter(Expr::cust("state IN (0, 1)"))
        .group_by(outbox::Column::Lane)
        .order_by_asc(outbox::Column::Lane)
        .into_tuple()
        .all(db)
        .await
}

/// Letters that were given up, latest first.
pub async fn dead_letters(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Letter>, DbErr> {
    outbox::Entity::find()
        .filter(Expr::cust("state = 3"))
        .order_by_desc(outbox::Column::FinishedAt)
        .limit(limit)
        .all(db)
        .await
}

/// The letter with this key.
pub async fn find(db: &impl ConnectionTrait, key: &str) -> Result<Option<Letter>, DbErr> {
    outbox::Entity::find().filter(outbox::Column::Key.eq(key)).one(db).await
}

/// Lets dead letters wait again; returns how many.
pub async fn redrive(db: &impl Writer, which: Which<'_>, now: DateTime<Utc>) -> Result<u64, DbErr> {
    sweep::redrive::<Outbox>(db, which, now).await
}

/// Deletes letters that were sent before `before`; returns how many. From then on their keys are free.
pub async fn prune(db: &impl Writer, before: DateTime<Utc>) -> Result<u64, DbErr> {
    sweep::prune::<Outbox>(db, before).await
}

/// Ends every lease at once; returns how many letters are free again. Only for a server that knows itself alone on its database, as it
/// starts: whoever had them has died.
pub async fn end_leases(db: &impl Writer, now: DateTime<Utc>) -> Result<u64, DbErr> {
    sweep::end_leases::<Outbox>(db, now).await
}
