//! The connection recipe, the same for the server, its tools and the tests.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

/// What differs between deployments.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many connections the pool may open. Writers on `SQLite` queue for one lock whatever the number.
    pub max_connections: u32,
    /// How long a caller waits for a connection of the pool.
    pub acquire_timeout: Duration,
    /// PostgreSQL ends a statement that runs longer.
    pub statement_timeout: Duration,
    /// How long a statement waits for somebody else's lock: row locks on PostgreSQL, the write lock on `SQLite`.
    pub lock_timeout: Duration,
    /// Who we are in `pg_stat_activity`.
    pub application_name: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_connections: 16,
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(10),
            application_name: "yinling".to_owned(),
        }
    }
}

/// Opens a pool on `sqlite:<path>` (created when missing) or `postgres://…`.
///
/// * `SQLite`: WAL, so that readers never wait; every commit reaches the disk (`synchronous = FULL`: these are cases
///   and payments); foreign keys are checked. The settings belong to a connection, so they go into its options;
///   sea-orm's `after_connect` would reach only the first of the pool.
/// * PostgreSQL: prefer the Unix socket (`postgres://user@localhost/yinling?host=/var/run/postgresql`), also towards
///   a pooler beside us. sqlx 0.9.0 does not set `TCP_NODELAY` and offers no way to set it, so over TCP a statement
///   that does not fit one segment waits some 40 ms for the other side's delayed acknowledgement
///   (transact-rs/sqlx#4335). Small statements do not notice.
pub async fn connect(url: &str, options: &Options) -> Result<DatabaseConnection, DbErr> {
    let mut connect = ConnectOptions::new(url);
    let lock_timeout = options.lock_timeout;
    // An in-memory database belongs to one connection: a second one would see other, empty tables.
    let in_memory = url.starts_with("sqlite:") && (url.contains(":memory:") || url.contains("mode=memory"));
    connect
        .max_connections(if in_memory { 1 } else { options.max_connections })
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(lock_timeout)
                .foreign_keys(true)
                // After a large import the log would keep its size for good.
                .pragma("journal_size_limit", "67108864")
                .pragma("temp_store", "memory")
                .pragma("cache_size", "-16000")
                .pragma("mmap_size", "268435456")
        });
    let (name, statement) = (options.application_name.clone(), options.statement_timeout);
    connect.map_sqlx_postgres_opts(move |postgres| {
        postgres.application_name(&name).options([
            ("statement_timeout", statement.as_millis().to_string()),
            ("lock_timeout", lock_timeout.as_millis().to_string()),
            ("idle_in_transaction_session_timeout", "30000".to_owned()),
            // "It exists already, skipping" is no news to anybody.
            ("client_min_messages", "warning".to_owned()),
            // Rows are UTC whatever the server's own zone is.
            ("timezone", "UTC".to_owned()),
        ])
    });
    Database::connect(connect).await
}
