//! A fresh, migrated database per test, on each back end there is.
//!
//! ```text
//! schema::both! {
//!     async fn a_letter_is_claimed_once(db) {
//!         mailbox::outbox::push(db, …).await.unwrap();
//!     }
//! }
//!
//! for t in schema::testing::databases().await { something(&t.db).await; }
//! ```
//!
//! `SQLite` is always there: a file in a temporary folder, with the settings of production. PostgreSQL is there when
//! `YINLING_TEST_POSTGRES` holds the URL of a server on which databases may be created; each test gets its own, cloned
//! from a template that is migrated once per version of the migrations.

mod both;
pub mod logs;
mod postgres;
mod sqlite;

use std::fmt;

use sea_orm::DatabaseConnection;

/// One database of one test; it is gone when this is dropped.
pub struct TestDb {
    /// `sqlite` or `postgres`, for messages.
    pub name: &'static str,
    /// A pool on it.
    pub db: DatabaseConnection,
    /// Where it is, for a test that starts a whole server on it.
    pub url: String,
    _keep: Keep,
}

impl fmt::Debug for TestDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestDb").field("name", &self.name).field("url", &self.url).finish_non_exhaustive()
    }
}

/// What must outlive the test and go with it; held only for its `Drop`.
#[derive(Debug)]
#[expect(dead_code, reason = "held for its Drop")]
enum Keep {
    Folder(tempfile::TempDir),
    Database(postgres::Dropped),
}

/// A migrated database on every back end that is there: the body of a test is a loop over them.
pub async fn databases() -> Vec<TestDb> {
    let mut all = vec![sqlite().await];
    all.extend(postgres().await);
    all
}

/// A migrated `SQLite` database.
pub async fn sqlite() -> TestDb {
    sqlite::migrated().await
}

/// A migrated PostgreSQL database, if there is a server.
pub async fn postgres() -> Option<TestDb> {
    postgres::migrated().await
}

/// Databases without any table, for the tests of the migrations themselves.
pub async fn empty_databases() -> Vec<TestDb> {
    let mut all = vec![sqlite::empty().await];
    all.extend(postgres::empty().await);
    all
}

fn options() -> crate::Options {
    logs::begin();
    crate::Options {
        max_connections: 8,
        // Two cores, many tests, many tasks in each: waiting is not failing.
        acquire_timeout: std::time::Duration::from_mins(1),
        lock_timeout: std::time::Duration::from_mins(1),
        statement_timeout: std::time::Duration::from_mins(1),
        application_name: "yinling-test".to_owned(),
    }
}
