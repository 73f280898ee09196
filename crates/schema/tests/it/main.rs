//! The migrations and the connection recipe, on both back ends.

#![expect(clippy::unwrap_used, reason = "a test harness: clippy looks for tests only")]

mod connection;
mod migrating;
mod sample_data;

use std::fs;
use std::path::Path;

use schema::sea_orm;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

/// The first column of every row, as text.
async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Names of the files in a folder of this crate that end in `suffix`, without it, sorted.
fn files(folder: &str, suffix: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut names: Vec<String> = fs::read_dir(path)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(suffix).map(str::to_owned))
        .filter(|name| name.starts_with('m') && name.contains('_'))
        .collect();
    names.sort();
    names
}
