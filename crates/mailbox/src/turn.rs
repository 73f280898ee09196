//! Writers on one `SQLite` file take turns.
//!
//! `SQLite` has one writer, and whoever finds it busy sleeps and looks again, longer each time: under load the one that has just
//! finished is the next one too, and the others starve. Measured with 64 senders while the inbox is worked off, answers came at
//! 72 a second that way. A turn is handed on in the order of asking. It is a courtesy within this process and protects nothing:
//! the file's own lock does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend};
use tokio::sync::{Mutex as Order, OwnedMutexGuard};

use crate::transaction::Transaction;

/// Nobody writes for so long; whoever has waited this long tries its luck with the file's lock.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often, and how long each time, work that nobody waits for gives way to those for whose answer somebody does.
const COURTESY: (u32, Duration) = (5, Duration::from_millis(1));

/// One's turn to write, until it is dropped.
#[derive(Debug)]
#[must_use = "dropping it ends the turn"]
pub struct Turn {
    _held: Option<OwnedMutexGuard<()>>,
    _pressing: Option<Pressing>,
    /// Whoever comes meanwhile must find the same ones.
    _turns: Option<Arc<Turns>>,
}

/// The turns of one file.
#[derive(Debug, Default)]
struct Turns {
    order: Arc<Order<()>>,
    /// How many have somebody waiting for their answer outside this process.
    pressing: AtomicUsize,
}

/// Until it is dropped, somebody outside waits.
#[derive(Debug)]
struct Pressing(Arc<Turns>);

impl Pressing {
    fn on(turns: Arc<Turns>) -> Self {
        turns.pressing.fetch_add(1, Ordering::Relaxed);
        Self(turns)
    }
}

impl Drop for Pressing {
    fn drop(&mut self) {
        self.0.pressing.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a single writing statement can run on: a connection, where it waits for its turn, or a transaction, which has one.
pub trait Writer: ConnectionTrait {
    /// Waits for the turn. On PostgreSQL, where writers do not exclude each other, there is nothing to wait for.
    fn turn(&self) -> impl Future<Output = Turn> + Send;
}

impl Writer for DatabaseConnection {
    async fn turn(&self) -> Turn {
        let Some(turns) = turns_at(self) else { return Turn::free() };
        Turn::of(turns, None).await
    }
}

impl Turn {
    const fn free() -> Self {
        Self { _held: None, _pressing: None, _turns: None }
    }

    async fn of(turns: Arc<Turns>, pressing: Option<Pressing>) -> Self {
        let held = tokio::time::timeout(PATIENCE, Arc::clone(&turns.order).lock_owned()).await;
        Self { _held: held.ok(), _pressing: pressing, _turns: Some(turns) }
    }

    /// The turn of those who answer a caller outside this process, as the platform that waits until its event is kept.
    pub(crate) async fn pressing(db: &DatabaseConnection) -> Self {
        let Some(turns) = turns_at(db) else { return Self::free() };
        let pressing = Pressing::on(Arc::clone(&turns));
        Self::of(turns, Some(pressing)).await
    }

    /// The turn of work that nobody waits for: it gives way to the pressing, for some milliseconds. Without that, a commit for one item
    /// follows each commit for sixty-four, and a third of the time goes into what could wait.
    #[expect(
        clippy::disallowed_methods,
        reason = "to give way is to wait: for milliseconds, and never on PostgreSQL"
    )]
    pub(crate) async fn patient(db: &DatabaseConnection) -> Self {
        let Some(turns) = turns_at(db) else { return Self::free() };
        let (times, pause) = COURTESY;
        for _ in 0..times {
            if turns.pressing.load(Ordering::Relaxed) == 0 {
                break;
            }
            tokio::time::sleep(pause).await;
        }
        Self::of(turns, None).await
    }
}

impl Writer for DatabaseTransaction {
    async fn turn(&self) -> Turn {
        Turn::free()
    }
}

impl Writer for Transaction {
    async fn turn(&self) -> Turn {
        Turn::free()
    }
}

/// The turns of the file behind a pool, however many pools are open on it; none on PostgreSQL.
fn turns_at(db: &DatabaseConnection) -> Option<Arc<Turns>> {
    (db.get_database_backend() == DbBackend::Sqlite)
        .then(|| turns_of(db.get_sqlite_connection_pool().connect_options().get_filename()))
}

fn turns_of(file: &Path) -> Arc<Turns> {
    static FILES: LazyLock<Mutex<HashMap<PathBuf, Weak<Turns>>>> = LazyLock::new(Mutex::default);
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(turns) = files.get(file).and_then(Weak::upgrade) {
        return turns;
    }
    let turns = Arc::new(Turns::default());
    files.retain(|_, turns| turns.strong_count() > 0);
    files.insert(file.to_owned(), Arc::downgrade(&turns));
    turns
}
