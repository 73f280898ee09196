//! Group commit: many receivers wait for one fsync.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait};
use tokio::sync::{mpsc, oneshot};

use crate::entity::inbox as entity;
use crate::inbox::{self, Accepted, NewItem};
use crate::transaction;

/// Items that may wait for the next commit; a receiver waits for room beyond that.
const QUEUE: usize = 1024;
/// Items in one transaction.
const GROUP: usize = 256;
/// Rows in one statement, largest first. Every row count is its own statement text, so a group is cut into these
/// instead of filling the statement cache with 256 of them.
const ROWS: [usize; 4] = [64, 16, 4, 1];

/// Accepts items for many receivers at once: whatever waits goes into one transaction, and everybody is answered after
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
        for (waiting, answer) in group.drain(..).zip(answers) {
            // A receiver that gave up does not want to know.
            let _ = waiting.answer.send(answer);
        }
    }
}

/// The text of a database error may quote the row.
fn error_kind(error: &DbErr) -> &'static str {
    if error.sql_err().is_some() { "constraint" } else { "database" }
}

async fn together(db: &DatabaseConnection, group: &[Waiting]) -> Result<Vec<Accepted>, DbErr> {
    let mut accepted = Vec::with_capacity(group.len());
    let tx = transaction::write(db).await?;
    let mut rest = group;
    for rows in ROWS {
        while let Some((chunk, after)) = rest.split_at_checked(rows) {
            let mut new = insert(&tx, chunk).await?;
            accepted.extend(chunk.iter().map(|waiting| {
                // Twice in one chunk: the first is new, the second is not.
                match new.iter().position(|key| *key == waiting.item.key) {
                    Some(at) => {
                        new.swap_remove(at);
                        Accepted::New
                    }
                    None => Accepted::Duplicate,
                }
            }));
            rest = after;
        }
    }
    tx.commit().await?;
    Ok(accepted)
}

/// The keys that were new.
async fn insert(tx: &impl sea_orm::ConnectionTrait, chunk: &[Waiting]) -> Result<Vec<String>, DbErr> {
    let rows = chunk.iter().map(|waiting| inbox::row(&waiting.item, waiting.now));
    let inserted = entity::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(entity::Column::Key).do_nothing().to_owned())
        .exec_with_returning(tx)
        .await?;
    Ok(inserted.into_iter().map(|item| item.key).collect())
}

async fn one_by_one(db: &DatabaseConnection, group: &[Waiting]) -> Vec<Result<Accepted, DbErr>> {
    let mut answers = Vec::with_capacity(group.len());
    for waiting in group {
        answers.push(inbox::accept(db, &waiting.item, waiting.now).await);
    }
    answers
}
