//! A `SQLite` database per test: the bytes of one that was migrated once per process.

#![expect(clippy::expect_used, reason = "a test harness: a failure here is a failed test")]

use std::fs;

use tokio::sync::OnceCell;

use super::{Keep, TestDb, options};

static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();

pub(super) async fn migrated() -> TestDb {
    let bytes = MIGRATED.get_or_init(migrate_once).await;
    open(Some(bytes)).await
}

pub(super) async fn empty() -> TestDb {
    open(None).await
}

async fn migrate_once() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("template.db");
    let db = crate::connect(&format!("sqlite:{}", path.display()), &options()).await.expect("SQLite opens");
    crate::migrate(&db).await.expect("the migrations apply");
    // The last connection to close moves the write-ahead log into the file.
    db.close().await.expect("SQLite closes");
    fs::read(&path).expect("the migrated file")
}

async fn open(bytes: Option<&Vec<u8>>) -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("test.db");
    if let Some(bytes) = bytes {
        fs::write(&path, bytes).expect("a copy of the migrated file");
    }
    let url = format!("sqlite:{}", path.display());
    let db = crate::connect(&url, &options()).await.expect("SQLite opens");
    TestDb { name: "sqlite", db, url, _keep: Keep::Folder(folder) }
}
