use schema::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionOptions, TransactionTrait,
};
use schema::testing;

use crate::texts;

async fn pragma(db: &DatabaseConnection, name: &str) -> String {
    texts(db, &format!("SELECT CAST({name} AS text) FROM pragma_{name}")).await.remove(0)
}

/// A pragma belongs to a connection, so what the first one has says nothing about the others.
#[tokio::test]
async fn every_sqlite_connection_of_the_pool_has_the_settings() {
    let test = testing::sqlite().await;
    let mut transactions = Vec::new();
    for _ in 0..4 {
        // Each holds a connection, so the next takes another.
        let tx = test.db.begin_with_options(TransactionOptions::default()).await.unwrap();
        for (name, expected) in
            [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("temp_store", "2")]
        {
            let sql = format!("SELECT CAST({name} AS text) AS value FROM pragma_{name}");
            let statement = Statement::from_string(DbBackend::Sqlite, sql);
            let row = tx.query_one_raw(statement).await.unwrap().unwrap();
            assert_eq!(row.try_get::<String>("", "value").unwrap(), expected, "{name}");
        }
        transactions.push(tx);
    }
}

#[tokio::test]
async fn an_in_memory_database_is_one_database() {
    let db = schema::connect("sqlite::memory:", &schema::Options::default()).await.unwrap();
    schema::migrate(&db).await.unwrap();
    for _ in 0..10 {
        assert_eq!(texts(&db, "SELECT 'there' FROM audit_head").await, ["there"]);
    }
    assert_eq!(pragma(&db, "foreign_keys").await, "1");
}

#[tokio::test]
async fn postgres_connections_have_their_time_limits() {
    let Some(test) = testing::postgres().await else { return };
    let options =
        schema::Options { statement_timeout: std::time::Duration::from_millis(200), ..Default::default() };
    let db = schema::connect(&test.url, &options).await.unwrap();
    for (setting, expected) in [
        ("application_name", "yinling"),
        ("statement_timeout", "200ms"),
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("timezone", "UTC"),
    ] {
        assert_eq!(texts(&db, &format!("SELECT current_setting('{setting}')")).await, [expected]);
    }
    let error = db.execute_unprepared("SELECT pg_sleep(5)").await.unwrap_err().to_string();
    assert!(error.contains("statement timeout"), "{error}");
    db.close().await.unwrap();
}
