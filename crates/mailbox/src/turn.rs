//! Writers on one `SQLite` file take turns.
//!
//! `SQLite` has one writer, and whoever finds it busy sleeps and looks again, longer each time: under load the one that has just
//! finished is the next one too, and the others starve. Measured with 64 senders while the inbox is worked off, answers came at
//! 72 a second that way. A turn is handed on in the order of asking. It is a courtesy within this process and protects nothing:
//! the file's own lock does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend};
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

use crate::transaction::Transaction;

/// Nobody writes for so long; whoever has waited this long tries its luck with the file's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// One's turn to write, until it is dropped.
#[derive(Debug)]
#[must_use = "dropping it ends the turn"]
pub struct Turn {
    _held: Option<OwnedMutexGuard<()>>,
}

/// What a single writing statement can run on: a connection, where it waits for its turn, or a transaction, which has one.
pub trait Writer: ConnectionTrait {
    /// Waits for the turn. On PostgreSQL, where writers do not exclude each other, there is nothing to wait for.
    fn turn(&self) -> impl Future<Output = Turn> + Send;
}

impl Writer for DatabaseConnection {
    async fn turn(&self) -> Turn {
        if self.get_database_backend() != DbBackend::Sqlite {
            return Turn { _held: None };
        }
        let file = turns_of(self.get_sqlite_connection_pool().connect_options().get_filename());
        let held = tokio::time::timeout(PATIENCE, file.lock_owned()).await;
        Turn { _held: held.ok() }
    }
}

impl Writer for DatabaseTransaction {
    async fn turn(&self) -> Turn {
        Turn { _held: None }
    }
}

impl Writer for Transaction {
    async fn turn(&self) -> Turn {
        Turn { _held: None }
    }
}

/// The turns of one file, however many pools are open on it.
fn turns_of(file: &Path) -> Arc<Turns<()>> {
    static FILES: LazyLock<Mutex<HashMap<PathBuf, Weak<Turns<()>>>>> = LazyLock::new(Mutex::default);
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(turns) = files.get(file).and_then(Weak::upgrade) {
        return turns;
    }
    let turns = Arc::new(Turns::new(()));
    files.retain(|_, turns| turns.strong_count() > 0);
    files.insert(file.to_owned(), Arc::downgrade(&turns));
    turns
}
