//! Group commit: many receivers wait for one fsync.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

use crate::inbox::{self, Accepted, NewItem};
use crate::insert::{MOST, insert};
use crate::point::point;
use crate::turn::Turn;

/// Items that may wait for the next commit; a receiver waits for room beyond that.
const QUEUE: usize = 1024;

/// Accepts items for many receivers at once: whatever waits goes into one statement, and everybody is answered after
/// its commit. Alone, an item does not wait for company.
///
/// Clone it freely. The task behind it ends with the last clone, when nobody can be waiting for an answer any more.
#[derive(Clone, Debug)]
pub struct Acceptor {
    queue: mpsc::Sender<Waiting>,
    /// Ended with the last clone.
    _work: Arc<JoinSet<()>>,
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
        let mut task = JoinSet::new();
        task.spawn(work(db, waiting));
        Self { queue, _work: Arc::new(task) }
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
    while let Some(first) = queue.recv().await {
        let turn = Turn::pressing(&db).await;
        // Whoever came while we waited goes along.
        let mut group = vec![first];
        while group.len() < MOST
            && let Ok(next) = queue.try_recv()
        {
            group.push(next);
        }
        // A task of its own: should it panic, these receivers hear that nothing was accepted, and the next group has its turn.
        let mut group_of_its_own = JoinSet::new();
        group_of_its_own.spawn(settle(db.clone(), group, turn));
        if group_of_its_own.join_next().await.is_some_and(|done| done.is_err()) {
            tracing::error!("accepting a group panicked");
        }
    }
}

async fn settle(db: DatabaseConnection, group: Vec<Waiting>, turn: Turn) {
    let all = together(&db, &group).await;
    drop(turn);
    let answers = match all {
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
    let mut new = insert(db, group.iter().map(|waiting| (&waiting.item, waiting.now))).await?;
    point("acceptor.kept").await?;
    // Twice in one group: the first is new, the second is not.
    let kept = |new: bool| if new { Accepted::New } else { Accepted::Duplicate };
    Ok(group.iter().map(|waiting| kept(new.remove(&waiting.item.key))).collect())
}

async fn one_by_one(db: &DatabaseConnection, group: &[Waiting]) -> Vec<Result<Accepted, DbErr>> {
    let mut answers = Vec::with_capacity(group.len());
    for waiting in group {
        answers.push(inbox::accept(db, &waiting.item, waiting.now).await);
    }
    answers
}
