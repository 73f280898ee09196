//! From either database to either, with rows in every table.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Write as _},
    path::Path,
};

use chrono::{DateTime, TimeZone as _, Utc};
use portable::{Archive, Error, Leave, Manifest, export, import};
use schema::{
    Migrator,
    testing::{self, TestDb},
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait as _;
use tempfile::TempDir;

const LEAVE: Leave<'_> = Leave { derived: &["person_gram"], begun: &["audit_head"] };

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 26, 1, 0, 0).unwrap()
}

/// `SQLite` keeps ids and hashes as bytes.
fn for_sqlite(sql: &str) -> String {
    let mut out = String::new();
    for (nth, part) in sql.split('\'').enumerate() {
        let bytes = out.ends_with("uuid ") || out.ends_with("bytea ");
        if nth % 2 == 1 && bytes {
            let keep = out.trim_end_matches("uuid ").trim_end_matches("bytea ").len();
            out.truncate(keep);
            out.extend(["x'", &part.trim_start_matches("\\x").replace('-', ""), "'"]);
        } else if nth % 2 == 1 {
            out.extend(["'", part, "'"]);
        } else {
            out += part;
        }
    }
    out
}

/// Databases with the rows with which the migrations are tested, each written before the next migration.
async fn filled() -> Vec<TestDb> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/tests/sample_data");
    let all = testing::empty_databases().await;
    for test in &all {
        for migration in Migrator::migrations() {
            Migrator::up(&test.db, Some(1)).await.unwrap();
            let sql = fs::read_to_string(folder.join(format!("{}.sql", migration.name()))).unwrap();
            let sqlite = test.db.get_database_backend() == DbBackend::Sqlite;
            let sql = if sqlite { for_sqlite(&sql) } else { sql };
            test.db.execute_unprepared(&sql).await.unwrap();
        }
    }
    all
}

async fn written(db: &DatabaseConnection, folder: &TempDir, name: &str) -> Manifest {
    let file = File::create(folder.path().join(name)).unwrap();
    export(db, file, &LEAVE, (serde_json::json!({ "keys": ["test"] }), now())).await.unwrap()
}

async fn read(db: &DatabaseConnection, folder: &TempDir, name: &str) -> Result<(), Error> {
    let mut archive = Archive::open(File::open(folder.path().join(name)).unwrap())?;
    assert_eq!(archive.manifest().installation, serde_json::json!({ "keys": ["test"] }));
    let tx = db.begin_with_options(TransactionOptions::default()).await?;
    import(&tx, &mut archive, &LEAVE).await?;
    Ok(tx.commit().await?)
}

async fn count(db: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn every_row_goes_from_either_database_to_either() {
    for from in filled().await {
        let folder = TempDir::new().unwrap();
        let before = written(&from.db, &folder, "first").await;
        assert!(before.tables.len() > 60);
        assert!(before.tables.iter().filter(|table| table.rows > 0).count() > 50);
        for to in testing::databases().await {
            read(&to.db, &folder, "first").await.unwrap_or_else(|error| {
                panic!("from {} to {}: {error}", from.name, to.name);
            });
            let after = written(&to.db, &folder, "second").await;
            assert_eq!(after.tables, before.tables, "from {} to {}", from.name, to.name);
        }
    }
}

#[tokio::test]
async fn a_database_with_rows_is_left_alone() {
    for test in filled().await {
        let folder = TempDir::new().unwrap();
        let before = written(&test.db, &folder, "file").await;
        let refused = read(&test.db, &folder, "file").await;
        assert!(matches!(refused, Err(Error::NotEmpty(_))), "{refused:?}");
        assert_eq!(written(&test.db, &folder, "again").await.tables, before.tables);
    }
}

type Change = fn(&str) -> String;

/// The same file with one entry changed.
fn forged(folder: &TempDir, entry: &str, change: impl Fn(&str) -> String) {
    let mut zip = zip::ZipArchive::new(File::open(folder.path().join("file")).unwrap()).unwrap();
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(folder.path().join("forged"));
    let mut out = zip::ZipWriter::new(file.unwrap());
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(if name == entry { change(&text) } else { text }.as_bytes()).unwrap();
    }
    out.finish().unwrap();
}

#[tokio::test]
async fn a_changed_file_is_not_read() {
    let from = filled().await.remove(0);
    let folder = TempDir::new().unwrap();
    written(&from.db, &folder, "file").await;
    let unit = "tables/unit.ndjson";
    let changes: [(&str, Change); 5] = [
        (unit, |text| text.replacen("\"name\":\"", "\"name\":\"x", 1)),
        (unit, |text| text.split_inclusive('\n').skip(1).collect()),
        (unit, |text| text.trim_end().to_owned()),
        ("manifest.json", |text| text.replacen("yinling-portable/1", "yinling-portable/2", 1)),
        ("manifest.json", |text| text.replacen("m20261101_000001_mailbox", "m20261101_000001_other", 1)),
    ];
    for to in testing::databases().await {
        for (entry, change) in changes {
            forged(&folder, entry, change);
            assert!(read(&to.db, &folder, "forged").await.is_err(), "{entry}");
        }
        assert_eq!((count(&to.db, "unit").await, count(&to.db, "audit_head").await), (0, 1));
        forged(&folder, "", str::to_owned);
        read(&to.db, &folder, "forged").await.unwrap();
    }
}
