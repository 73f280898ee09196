//! How a transaction that writes begins.

use sea_orm::{DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};

pub use sea_orm::DatabaseTransaction as Transaction;

/// Begins a transaction that may write. Dropping it rolls back.
///
/// On `SQLite` it takes the write lock at once (`BEGIN IMMEDIATE`). A deferred transaction that reads first and then
/// writes fails with "database is locked" as soon as another wrote in between, and no busy timeout helps; this was
/// measured at four of five under load. On PostgreSQL it is the default, read committed.
pub async fn write(db: &DatabaseConnection) -> Result<Transaction, DbErr> {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
}
