//! Counting while lines pass.

use std::collections::BTreeMap;

use ring::digest::{Context, SHA256};
use serde_json::{Map, Value as Json};

use crate::{
    manifest::{Tallied, columns},
    table::Table,
};

pub(crate) struct Tally {
    rows: u64,
    sums: BTreeMap<String, i128>,
    hash: Context,
}

impl Tally {
    pub(crate) fn of(table: &Table) -> Self {
        let numbers = table.columns.iter().filter(|(_, kind)| kind.is_number());
        Self {
            rows: 0,
            sums: numbers.map(|(name, _)| (name.clone(), 0)).collect(),
            hash: Context::new(&SHA256),
        }
    }

    /// One row, and its line with the end of the line.
    pub(crate) fn count(&mut self, row: &Map<String, Json>, line: &str) {
        self.rows += 1;
        self.hash.update(line.as_bytes());
        for (column, sum) in &mut self.sums {
            *sum += i128::from(row.get(column).and_then(Json::as_i64).unwrap_or_default());
        }
    }

    pub(crate) fn end(self, table: &Table) -> Tallied {
        Tallied {
            name: table.name.clone(),
            columns: columns(table),
            rows: self.rows,
            sums: self.sums.into_iter().map(|(column, sum)| (column, sum.to_string())).collect(),
            sha256: hex::encode(self.hash.finish()),
        }
    }
}
