//! A PostgreSQL database per test, cloned from a migrated template that outlives the test run.

#![expect(clippy::expect_used, reason = "a test harness: a failure here is a failed test")]

use std::env;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{process, thread};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tokio::sync::OnceCell;

use super::{Keep, TestDb, options};

/// Serialises the making of templates between test processes.
const LOCK: i64 = 0x7969_6e6c_7465_7374;
/// Templates of other versions of the migrations that are kept, for other checkouts and for going back.
const TEMPLATES_KEPT: u32 = 12;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);

pub(super) async fn migrated() -> Option<TestDb> {
    let server = server()?;
    let template = TEMPLATE.get_or_init(|| template(&server)).await;
    Some(create(&server, template).await)
}

pub(super) async fn empty() -> Option<TestDb> {
    Some(create(&server()?, "template0").await)
}

fn server() -> Option<String> {
    env::var("YINLING_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

async fn create(server: &str, template: &str) -> TestDb {
    let admin = admin(server).await;
    let seconds = scalar(&admin, "SELECT extract(epoch FROM now())::bigint::text").await;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("yinling_test_{seconds}_{}_{count}", process::id());
    run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    admin.close().await.expect("the connection closes");
    let url = url_of(server, &name);
    let db = crate::connect(&url, &options()).await.expect("PostgreSQL opens the new database");
    let dropped = Dropped { server: server.to_owned(), name };
    TestDb { name: "postgres", db, url, _keep: Keep::Database(dropped) }
}

/// The name of the template for these very migrations, made if need be.
async fn template(server: &str) -> String {
    let mut hasher = DefaultHasher::new();
    crate::SOURCES.hash(&mut hasher);
    include_str!("../append_only.rs").hash(&mut hasher);
    let name = format!("yinling_template_{:016x}", hasher.finish());

    let admin = admin(server).await;
    // On this one connection until it closes: the pool has no other.
    run(&admin, &format!("SELECT pg_advisory_lock({LOCK})")).await;
    tidy(&admin).await;
    let ready = format!("SELECT count(*)::text FROM pg_database WHERE datname = '{name}' AND datistemplate");
    if scalar(&admin, &ready).await == "0" {
        // A half-made one of a killed test run is not marked as a template.
        run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let db = crate::connect(&url_of(server, &name), &options()).await.expect("the template opens");
        crate::migrate(&db).await.expect("the migrations apply");
        db.close().await.expect("the template closes");
        run(&admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false IS_TEMPLATE true")).await;
    }
    admin.close().await.expect("the connection closes");
    name
}

/// Drops what killed test runs left behind, and templates that are long out of date.
async fn tidy(admin: &DatabaseConnection) {
    let left = names(
        admin,
        "SELECT datname FROM pg_database WHERE datname ~ '^yinling_test_[0-9]+_' \
         AND split_part(datname, '_', 3)::bigint < extract(epoch FROM now()) - 7200",
    )
    .await;
    let old = names(
        admin,
        &format!(
            "SELECT datname FROM pg_database WHERE datname LIKE 'yinling\\_template\\_%' \
             ORDER BY oid DESC OFFSET {TEMPLATES_KEPT}"
        ),
    )
    .await;
    for name in old.iter().chain(&left) {
        // Another test run may be using it after all; then it stays.
        let _ = admin.execute_unprepared(&format!("ALTER DATABASE {name} IS_TEMPLATE false")).await;
        let _ = admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await;
    }
}

/// Drops the database of a test. `Drop` cannot wait for a future, so a thread does it.
#[derive(Debug)]
pub(super) struct Dropped {
    server: String,
    name: String,
}

impl Drop for Dropped {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let admin = admin(&server).await;
                // What the test's pool still holds open is ended by force.
                let _ = admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
                let _ = admin.close().await;
            });
        });
        let _ = dropping.join();
    }
}

async fn admin(server: &str) -> DatabaseConnection {
    let options = crate::Options { max_connections: 1, ..options() };
    crate::connect(server, &options).await.expect("PostgreSQL answers at YINLING_TEST_POSTGRES")
}

async fn run(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn names(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    rows.expect(sql).iter().map(|row| row.try_get_by_index(0).expect(sql)).collect()
}

async fn scalar(db: &DatabaseConnection, sql: &str) -> String {
    names(db, sql).await.into_iter().next().expect(sql)
}

/// The same server, another database.
fn url_of(server: &str, database: &str) -> String {
    let (base, query) = match server.split_once('?') {
        Some((base, query)) => (base, format!("?{query}")),
        None => (server, String::new()),
    };
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    format!("{host}/{database}{query}")
}
