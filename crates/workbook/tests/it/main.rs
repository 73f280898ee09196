//! Real files, hostile files, and files written and read again.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

mod cases;
mod corpus;
mod hostile;
mod made;
mod mutated;
mod reading;
mod real;
mod written;

use workbook::{Limits, Refusal};

pub(crate) use reading::{COLUMNS, rows};

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Everything that an import does with a file: how many rows it has.
pub(crate) fn read(bytes: Vec<u8>) -> Result<usize, Refusal> {
    reading::read_within(Limits::default(), bytes)
}
