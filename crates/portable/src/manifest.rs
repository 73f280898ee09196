//! What a file says of itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::table::Table;

/// The form of the file.
pub(crate) const FORMAT: &str = "yinling-portable/1";

/// The last entry of the file, `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `yinling-portable/1`.
    pub format: String,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// The migrations of the database, in their order. A file is read by a version that has exactly these.
    pub migrations: Vec<String>,
    /// What whoever writes and reads wants to know, e.g. of keys.
    pub installation: serde_json::Value,
    /// Every table, after all those to which it refers.
    pub tables: Vec<Tallied>,
}

/// A table in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tallied {
    /// Its name; its lines are in `tables/<name>.ndjson`.
    pub name: String,
    /// Its columns, by name.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: u64,
    /// The sum of each column of numbers, as text.
    pub sums: BTreeMap<String, String>,
    /// SHA-256 of its lines, hexadecimal.
    pub sha256: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `uuid`, `text`, `integer`, `boolean`, `date`, `moment`, `json` or `bytes`.
    pub kind: String,
}

pub(crate) fn columns(table: &Table) -> Vec<Column> {
    table
        .columns
        .iter()
        .map(|(name, kind)| Column { name: name.clone(), kind: kind.word().to_owned() })
        .collect()
}

/// Where the lines of a table are.
pub(crate) fn place(table: &str) -> String {
    format!("tables/{table}.ndjson")
}
