//! Every migration over the rows that the ones before it left, and rows for it to leave to the next.

use std::fs;
use std::path::Path;

use schema::sea_orm::{ConnectionTrait, DbBackend};
use schema::{Migrator, testing};
use sea_orm_migration::MigratorTrait;

use crate::files;

#[test]
fn every_migration_has_sample_data() {
    assert_eq!(files("tests/sample_data", ".sql"), files("src", ".rs"));
}

#[tokio::test]
async fn every_migration_applies_over_the_rows_of_those_before() {
    for test in testing::empty_databases().await {
        for migration in Migrator::migrations() {
            Migrator::up(&test.db, Some(1)).await.unwrap_or_else(|error| {
                panic!("{} does not apply on {}: {error}", migration.name(), test.name);
            });
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/sample_data")
                .join(format!("{}.sql", migration.name()));
            // `every_migration_has_sample_data` says so when it has not.
            let Ok(sql) = fs::read_to_string(path) else { continue };
            let sql =
                if test.db.get_database_backend() == DbBackend::Sqlite { for_sqlite(&sql) } else { sql };
            test.db.execute_unprepared(&sql).await.unwrap_or_else(|error| {
                panic!("the sample data of {} on {}: {error}", migration.name(), test.name);
            });
        }
        assert!(schema::pending(&test.db).await.unwrap().is_empty());
    }
}

/// `SQLite` keeps ids and hashes as bytes: `uuid '…'` and `bytea '\x…'` become `x'…'`.
fn for_sqlite(sql: &str) -> String {
    let mut out = String::new();
    let mut rest = sql;
    while let Some((before, keyword, after)) = ["uuid '", "bytea '\\x"]
        .iter()
        .filter_map(|keyword| rest.find(keyword).map(|at| (at, *keyword)))
        .min()
        .and_then(|(at, keyword)| Some((rest.get(..at)?, keyword, rest.get(at + keyword.len()..)?)))
    {
        let (literal, after) = after.split_once('\'').unwrap_or_else(|| panic!("an open {keyword}"));
        out.push_str(before);
        out.push_str("x'");
        out.extend(literal.chars().filter(|character| *character != '-'));
        out.push('\'');
        rest = after;
    }
    out + rest
}

#[test]
fn literals_become_bytes() {
    assert_eq!(for_sqlite("a uuid '0a-1b', bytea '\\xff' uuid"), "a x'0a1b', x'ff' uuid");
    assert_eq!(for_sqlite("nothing"), "nothing");
}
