//! A whole installation moves to another database, and is the same there.

use std::{fs::File, os::unix::fs::PermissionsExt as _};

use portable::{Archive, Tallied};
use schema::testing::{self, TestDb};
use sea_orm::{ConnectionTrait, Statement};

use crate::harness::Site;

/// What the tables hold; the chain grows by what is done here.
fn tables(path: &str) -> Vec<Tallied> {
    let archive = Archive::open(File::open(path).unwrap()).unwrap();
    let tables = archive.manifest().tables.iter();
    tables.filter(|table| !table.name.starts_with("audit_")).cloned().collect()
}

async fn count(test: &TestDb, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let row =
        test.db.query_one_raw(Statement::from_string(test.db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

async fn moves(from: TestDb) {
    let site = Site::new("portable", from).await;
    drop(site.moved_in().await);
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let file = path("everything.zip");
    let (status, said) = site.run(&["portable", "export", &file]).await;
    assert!(status == 0 && said.contains(" rows of "), "{said}");
    assert_eq!(File::open(&file).unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let (status, said) = site.run(&["portable", "export", &file]).await;
    assert!(status == 1 && said.contains("cannot be made"), "{said}");
    let (status, said) = site.run(&["portable", "import", &file]).await;
    assert!(status == 1 && said.contains("is not empty"), "{said}");

    let before = tables(&file);
    let people = before.iter().find(|table| table.name == "person").unwrap().rows;
    assert!(people > 10);
    for to in testing::databases().await {
        let url = format!("database.url={}", to.url);
        let (status, said) = site.run(&["portable", "import", &file, "--set", &url]).await;
        assert_eq!(status, 0, "to {}: {said}", to.name);
        let (status, said) = site.run(&["audit", "verify", "--set", &url]).await;
        assert_eq!(status, 0, "to {}: {said}", to.name);
        let again = path(to.name);
        assert_eq!(site.run(&["portable", "export", &again, "--set", &url]).await.0, 0);
        assert_eq!(tables(&again), before, "to {}", to.name);
        assert_eq!(count(&to, "person_gram").await, i64::try_from(people).unwrap(), "names are found again");
        let (status, said) = site.run(&["portable", "import", &file, "--set", &url]).await;
        assert!(status == 1 && said.contains("is not empty"), "{said}");
    }
    let other =
        Site::new(&format!("portable-elsewhere-from-{}", site.db.name), testing::sqlite().await).await;
    let (status, said) = other.run(&["portable", "import", &file]).await;
    assert!(status == 1 && said.contains("other keys"), "{said}");
    other.tenant.stop().await;
    site.tenant.stop().await;
}

#[actix_web::test]
async fn everything_moves_from_sqlite_to_either_database() {
    moves(testing::sqlite().await).await;
}

#[actix_web::test]
async fn everything_moves_from_postgresql_to_either_database() {
    if let Some(db) = testing::postgres().await {
        moves(db).await;
    }
}
