use schema::sea_orm::{ConnectionTrait, DbBackend};
use schema::{Migrator, Options, testing};
use sea_orm_migration::MigratorTrait;

use crate::{files, texts};

#[test]
fn every_file_is_registered_in_order() {
    let registered: Vec<String> =
        Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    assert_eq!(registered, files("src", ".rs"));
}

#[tokio::test]
async fn all_migrations_apply_to_an_empty_database() {
    for test in testing::empty_databases().await {
        assert_eq!(schema::pending(&test.db).await.unwrap(), files("src", ".rs"), "{}", test.name);
        schema::migrate(&test.db).await.unwrap();
        assert!(schema::pending(&test.db).await.unwrap().is_empty());
        schema::migrate(&test.db).await.unwrap();
    }
}

#[tokio::test]
async fn migrations_only_go_forward() {
    for test in testing::databases().await {
        let error = Migrator::down(&test.db, Some(1)).await.unwrap_err().to_string();
        assert!(error.contains("only go forward"), "{error}");
        assert!(schema::pending(&test.db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn servers_that_start_at_once_migrate_once() {
    for test in testing::empty_databases().await {
        let mut servers = tokio::task::JoinSet::new();
        for _ in 0..5 {
            let url = test.url.clone();
            servers.spawn(async move {
                // A pool of one must do: migrating needs no second connection.
                let db = schema::connect(&url, &Options { max_connections: 1, ..Options::default() })
                    .await
                    .unwrap();
                schema::migrate(&db).await.unwrap();
                db.close().await.unwrap();
            });
        }
        servers.join_all().await;
        assert!(schema::pending(&test.db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_upgrade_that_fails_leaves_nothing() {
    for test in testing::empty_databases().await {
        // The last table is in the way.
        test.db.execute_unprepared("CREATE TABLE audit_row (seq bigint)").await.unwrap();
        schema::migrate(&test.db).await.unwrap_err();
        assert_eq!(schema::pending(&test.db).await.unwrap(), files("src", ".rs"), "{}", test.name);
        test.db.execute_unprepared("DROP TABLE audit_row").await.unwrap();
        schema::migrate(&test.db).await.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_later_release_is_refused() {
    for test in testing::databases().await {
        test.db
            .execute_unprepared(
                "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 0)",
            )
            .await
            .unwrap();
        assert!(schema::migrate(&test.db).await.is_err());
        assert!(schema::pending(&test.db).await.is_err());
    }
}

#[tokio::test]
async fn both_back_ends_have_the_same_columns() {
    let mut found = Vec::new();
    for test in testing::databases().await {
        let sql = match test.db.get_database_backend() {
            DbBackend::Sqlite => {
                "SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" OR c.pk > 0 THEN '' ELSE ' null' END \
                 FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' \
                 AND m.name NOT LIKE 'person_gram_fts%' ORDER BY 1"
            }
            _ => {
                "SELECT (table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END) \
                 COLLATE \"C\" FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1"
            }
        };
        found.push(texts(&test.db, sql).await);
    }
    if let [sqlite, postgres] = found.as_slice() {
        assert!(sqlite.iter().any(|column| column == "audit_row.hash"));
        assert_eq!(sqlite, postgres);
    }
}

/// A violation is mapped by the name of its constraint, so each has one that says what it is.
#[tokio::test]
async fn indexes_and_foreign_keys_are_named_by_the_rule() {
    let Some(test) = testing::postgres().await else { return };
    let indexes = "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public'";
    for name in texts(&test.db, indexes).await {
        let good =
            ["uq_", "ix_", "pk_"].iter().any(|prefix| name.starts_with(prefix)) || name.ends_with("_pkey");
        assert!(good, "the index {name}");
    }
    for name in texts(&test.db, "SELECT conname::text FROM pg_constraint WHERE contype = 'f'").await {
        assert!(name.starts_with("fk_"), "the foreign key {name}");
    }
}
