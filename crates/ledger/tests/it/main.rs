//! Posting and reading, on both back ends.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test harness: clippy looks for tests only"
)]

mod concurrency;
mod invariants;
mod model;
mod posting;
mod reading;
mod walls;
mod years;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::{Balance, EntryId, Envelope, Fen, LedgerError};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

/// As `mailbox::transaction::write`, which is not ours to import.
async fn write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
}

fn evening() -> DateTime<Utc> {
    "2026-11-03T11:30:00.123456Z".parse().unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    evening() + TimeDelta::seconds(seconds)
}

fn illness() -> Envelope {
    Envelope::new("330106", 2026, "illness")
}

/// Posts in a transaction of its own, which commits whatever came of it: an error must leave nothing behind.
macro_rules! post {
    ($db:expr, $step:ident, $amount:expr, $reference:expr, $key:expr, $now:expr) => {{
        let tx = $crate::write($db).await.unwrap();
        let posted = ledger::$step(&tx, &$crate::illness(), $amount, $reference, $key, $now).await;
        tx.commit().await.unwrap();
        posted
    }};
}
pub(crate) use post;

async fn appropriate(db: &DatabaseConnection, yuan: i64) -> EntryId {
    post!(db, appropriate, Fen::yuan(yuan), "budget/2026", "budget/2026/1", evening()).unwrap()
}

async fn balance(db: &DatabaseConnection) -> [i64; 4] {
    let Balance { available, reserved, committed, paid, .. } = ledger::balance(db, &illness()).await.unwrap();
    [available, reserved, committed, paid].map(|fen| fen.fen() / 100)
}

fn insufficient(result: Result<EntryId, LedgerError>) -> (Fen, Fen) {
    match result {
        Err(LedgerError::Insufficient { available, wanted }) => (available, wanted),
        other => panic!("{other:?}"),
    }
}
