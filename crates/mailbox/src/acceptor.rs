//! Group commit: many receivers wait for one fsync.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, Value};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::id;
use crate::inbox::{self, Accepted, NewItem};
use crate::point::point;

/// Items that may wait for the next commit; a receiver waits for room beyond that.
const QUEUE: usize = 1024;
/// Items in one statement.
const GROUP: usize = 256;

/// Accepts items for many receivers at once: whatever waits goes into one statement, and everybody is answered after
/// its commit. Alone, an item does not wait for company.
///
/// Clone it freely. The task behind it ends when the last clone is gone and every waiting item is answered.
#[derive(Clone, Debug)]
pub struct Acceptor {
    queue: mpsc::Sender<Waiting>,
}

/// Why an item was not accepted; the sender should send it again.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The database refused it.
    #[error("the inbox could not be written")]
    Db(#[from] DbErr),
    /// The server is stopping.
    #[error("the acceptor has stopped")]
    Stopped,
}

struct Waiting {
    item: NewItem,
    now: DateTime<Utc>,
    answer: oneshot::Sender<Result<Accepted, DbErr>>,
}

impl Acceptor {
    /// Starts the task. Needs a tokio runtime.
    pub fn start(db: DatabaseConnection) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(work(db, waiting));
        Self { queue }
    }

    /// Accepts one item; returns once it is committed. Dropping the future may or may not accept it, which is no harm:
    /// the key is unique.
    pub async fn accept(&self, item: NewItem, now: DateTime<Utc>) -> Result<Accepted, AcceptError> {
        let (answer, answered) = oneshot::channel();
        let sent = self.queue.send(Waiting { item, now, answer }).await;
        sent.or(Err(AcceptError::Stopped))?;
        Ok(answered.await.or(Err(AcceptError::Stopped))??)
    }
}

async fn work(db: DatabaseConnection, mut queue: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        let group = std::mem::replace(&mut group, Vec::with_capacity(GROUP));
        // A task of its own: should it panic, these receivers hear that nothing was accepted, and the next group has its turn.
        if tokio::spawn(settle(db.clone(), group)).await.is_err() {
            tracing::error!("accepting a group panicked");
        }
    }
}

async fn settle(db: DatabaseConnection, group: Vec<Waiting>) {
    let answers = match together(&db, &group).await {
        Ok(accepted) => accepted.into_iter().map(Ok).collect(),
        // There is no database: trying each would only make everybody wait longer.
        Err(error @ (DbErr::ConnectionAcquire(_) | DbErr::Conn(_))) => {
            vec![Err(error); group.len()]
        }
        // One of them is bad. The others must not suffer for it.
        Err(error) => {
            tracing::warn!(group.size = group.len(), error = error_kind(&error), "accepting one by one");
            one_by_one(&db, &group).await
        }
    };
    for (waiting, answer) in group.into_iter().zip(answers) {
        // A receiver that gave up does not want to know.
        let _ = waiting.answer.send(answer);
    }
}

/// The text of a database error may quote the row.
fn error_kind(error: &DbErr) -> &'static str {
    if error.sql_err().is_some() { "constraint" } else { "database" }
}

/// One statement, which is its own transaction: one round trip, one fsync.
async fn together(db: &DatabaseConnection, group: &[Waiting]) -> Result<Vec<Accepted>, DbErr> {
    point("acceptor.group").await?;
    let mut new = insert(db, group).await?;
    point("acceptor.kept").await?;
    // Twice in one group: the first is new, the second is not.
    let kept = |new: bool| if new { Accepted::New } else { Accepted::Duplicate };
    Ok(group.iter().map(|waiting| kept(new.remove(&waiting.item.key))).collect())
}

/// The keys that were new.
///
/// Every number of rows is its own statement text, so the group is filled up to the next power of two with its last row, which
/// changes nothing: a handful of texts instead of 256 in the cache. The rows are in the order of their keys, so that two
/// servers that get the same events wait for each other at most one way.
async fn insert(db: &DatabaseConnection, group: &[Waiting]) -> Result<HashSet<String>, DbErr> {
    let mut rows: Vec<(Uuid, &Waiting)> =
        group.iter().map(|waiting| (id::new(waiting.now), waiting)).collect();
    rows.sort_by(|(_, one), (_, other)| one.item.key.cmp(&other.item.key));
    let Some(last) = rows.last().copied() else { return Ok(HashSet::new()) };
    rows.resize(rows.len().next_power_of_two(), last);

    let values = rows.iter().flat_map(|(id, Waiting { item, now, .. })| -> [Value; COLUMNS] {
        let (key, source, kind) = (item.key.as_str(), item.source.as_str(), item.kind.as_str());
        [
            (*id).into(),
            key.into(),
            source.into(),
            kind.into(),
            item.payload.clone().into(),
            now.trunc_subsecs(6).into(),
        ]
    });
    let sql = statement(rows.len());
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(statement).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// What differs from row to row.
const COLUMNS: usize = 6;

fn statement(rows: usize) -> String {
    let mut sql =
        "INSERT INTO inbox (id, key, source, kind, payload, received_at, run_at, state, attempts) VALUES "
            .to_owned();
    for row in 0..rows {
        let comma = if row == 0 { "" } else { "," };
        let [id, key, source, kind, payload, at] = std::array::from_fn(|column| row * COLUMNS + column + 1);
        // Writing to a string does not fail.
        let _ = write!(sql, "{comma}(${id},${key},${source},${kind},${payload},${at},${at},0,0)");
    }
    sql.push_str(" ON CONFLICT DO NOTHING RETURNING key");
    sql
}

async fn one_by_one(db: &DatabaseConnection, group: &[Waiting]) -> Vec<Result<Accepted, DbErr>> {
    let mut answers = Vec::with_capacity(group.len());
    for waiting in group {
        answers.push(inbox::accept(db, &waiting.item, waiting.now).await);
    }
    answers
}
