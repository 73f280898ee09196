//! How a transaction that writes begins.

use std::ops::Deref;

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::turn::{Turn, Writer};

/// A transaction that may write. Dropping it rolls back.
#[derive(Debug)]
pub struct Transaction {
    inner: DatabaseTransaction,
    // After the transaction: the next writer has its turn when this one has let go of the file.
    turn: Turn,
}

/// Begins a transaction that may write.
///
/// On `SQLite` it waits for its [turn](crate::turn) and takes the write lock at once (`BEGIN IMMEDIATE`). A deferred transaction
/// that reads first and then writes fails with "database is locked" as soon as another wrote in between, and no busy timeout
/// helps; this was measured at four of five under load. On PostgreSQL it is the default, read committed.
///
/// The future may be dropped at any moment, as happens when a browser closes.
pub async fn write(db: &DatabaseConnection) -> Result<Transaction, DbErr> {
    within(db, db.turn().await).await
}

/// The same for work that nobody waits for, such as an inbox's: on `SQLite` it lets those go first for whose answer somebody outside
/// waits, for some milliseconds.
pub async fn write_patiently(db: &DatabaseConnection) -> Result<Transaction, DbErr> {
    within(db, Turn::patient(db).await).await
}

async fn within(db: &DatabaseConnection, turn: Turn) -> Result<Transaction, DbErr> {
    let inner = match db.get_database_backend() {
        DbBackend::Postgres => begin_to_the_end(db.clone()).await?,
        _ => begin(db).await?,
    };
    Ok(Transaction { inner, turn })
}

async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    db.begin_with_options(options).await
}

/// Begins in a task of its own, which has its end also when nobody waits for it any more; the transaction is then rolled back as any
/// other that is dropped.
///
/// sqlx 0.9.0 counts a transaction when PostgreSQL has answered `BEGIN`. Dropped between question and answer, the connection goes back to
/// the pool inside a transaction of which nobody knows: whatever is written on it next, each statement for itself, is told to be done and
/// is lost when the connection closes or another transaction on it is rolled back.
async fn begin_to_the_end(db: DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let begun = tokio::spawn(async move { begin(&db).await }).await;
    begun.unwrap_or_else(|error| Err(DbErr::Custom(format!("beginning a transaction: {error}"))))
}

impl Transaction {
    /// Keeps everything. Once this has returned, it is on the disk.
    pub async fn commit(self) -> Result<(), DbErr> {
        let Self { inner, turn } = self;
        let done = inner.commit().await;
        drop(turn);
        done
    }

    /// Undoes everything.
    pub async fn rollback(self) -> Result<(), DbErr> {
        let Self { inner, turn } = self;
        let done = inner.rollback().await;
        drop(turn);
        done
    }
}

impl Deref for Transaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(statement).await
    }
}
