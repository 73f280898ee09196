//! Appending and verifying, on both back ends.

#![expect(clippy::unwrap_used, reason = "a test harness: clippy looks for tests only")]

mod anchoring;
mod appending;
mod exporting;
mod long;
mod slices;
mod tampering;

use audit::{Key, NewRow, Seq, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use serde_json::json;

fn key() -> Key {
    Key::from_bytes(&[0x42; 32]).unwrap()
}

fn at(number: i64) -> DateTime<Utc> {
    "2026-11-03T11:30:00.123456Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::milliseconds(number)
}

/// As `mailbox::transaction::write`, which is not ours to import.
async fn write(db: &DatabaseConnection) -> DatabaseTransaction {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
    .unwrap()
}

/// Row `number`, about one of ten cases, in the given transaction.
async fn append(tx: &DatabaseTransaction, number: i64) -> Seq {
    let (actor, subject) = (format!("account/{}", number % 7), format!("case/{}", number % 10));
    let row = NewRow {
        actor: &actor,
        role: "approver",
        action: "aid.approve",
        subject: &subject,
        result: "ok",
        detail: json!({ "round": number, "batch": null }),
    };
    audit::append(tx, &key(), &row, at(number)).await.unwrap()
}

async fn chain(db: &DatabaseConnection, rows: i64) {
    let tx = write(db).await;
    for number in 1..=rows {
        assert_eq!(append(&tx, number).await, Seq(number));
    }
    tx.commit().await.unwrap();
}

async fn verify(db: &DatabaseConnection) -> Verdict {
    audit::verify(db, &key()).await.unwrap()
}

async fn whole(db: &DatabaseConnection) -> i64 {
    match verify(db).await {
        Verdict::Whole { rows, head } => {
            assert_eq!(head.seq, Seq(rows));
            rows
        }
        broken @ Verdict::Broken { .. } => panic!("{broken:?}"),
    }
}

async fn run(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// What an administrator of the database can do.
async fn unprotect(db: &DatabaseConnection) {
    if db.get_database_backend() == DbBackend::Postgres {
        run(db, "DROP TRIGGER tr_audit_row_append_only ON audit_row").await;
    } else {
        run(db, "DROP TRIGGER tr_audit_row_append_only_update").await;
        run(db, "DROP TRIGGER tr_audit_row_append_only_delete").await;
    }
}
