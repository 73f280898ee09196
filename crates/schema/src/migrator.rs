//! Which migrations there are, and the one way to apply them.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager, async_trait};

/// Any number, as long as nothing else in the database locks it.
const LOCK: i64 = 0x7969_6e6c_696e_6700;

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

/// Names each module once for all that is needed of it: its migration, and its text, from which the test harness
/// knows whether a template database is still the right one.
macro_rules! in_order {
    ($($module:ident),* $(,)?) => {
        fn migrations_in_order() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
            vec![$(Box::new($module::Migration)),*]
        }

        /// The source text of every migration, in order.
        #[cfg(feature = "testing")]
        const SOURCES: &[&str] = &[$(include_str!(concat!(stringify!($module), ".rs"))),*];
    };
}
pub(crate) use in_order;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        crate::migrations_in_order()
            .into_iter()
            .map(|inner| -> Box<dyn MigrationTrait> { Box::new(InTransaction(inner)) })
            .collect()
    }
}

/// `SQLite` runs a migration outside a transaction unless told otherwise; nobody here has to remember.
struct InTransaction(Box<dyn MigrationTrait>);

impl MigrationName for InTransaction {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for InTransaction {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("migrations only go forward".to_owned()))
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Applies what is missing, in one transaction: an upgrade happens wholly or not at all.
///
/// Several servers may start at once. The second waits for the first (sea-orm itself takes no lock, and all but one
/// would fail): on PostgreSQL for an advisory lock that ends with the transaction, on `SQLite` for the write lock.
/// The pool's time limits do not apply, since a migration of a large table takes as long as it takes; but it gives up
/// rather than queue behind a long transaction for more than ten seconds, because everybody else would queue behind it.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = db.begin_with_options(options).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; \
             SET LOCAL lock_timeout = 0",
        )
        .await?;
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
        tx.execute_unprepared("SET LOCAL lock_timeout = '10s'").await?;
    }
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// The names of the migrations that this program knows and the database lacks; changes nothing, so a user who may only
/// read can ask. An error when the database is newer than the program.
pub async fn pending(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let backend = db.get_database_backend();
    // sea-orm's own way to ask would need its drivers a second time, or create the table.
    let applied_table = match backend {
        DbBackend::Postgres => "SELECT to_regclass('seaql_migrations')::text AS name",
        _ => "SELECT max(name) AS name FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'",
    };
    let mut names: Vec<String> =
        crate::migrations_in_order().iter().map(|migration| migration.name().to_owned()).collect();
    let found = db.query_one_raw(Statement::from_string(backend, applied_table)).await?;
    if found.map(|row| row.try_get::<Option<String>>("", "name")).transpose()?.flatten().is_none() {
        return Ok(names);
    }
    let applied = Statement::from_string(backend, "SELECT version FROM seaql_migrations");
    for row in db.query_all_raw(applied).await? {
        let version: String = row.try_get("", "version")?;
        let known = names.iter().position(|name| *name == version);
        let at = known.ok_or_else(|| {
            DbErr::Migration(format!("the database is newer than this program: it has had {version}"))
        })?;
        names.remove(at);
    }
    Ok(names)
}
