//! What each target does with its bytes. The fuzzer calls these functions, and so does an ordinary test with the kept corpus. Whatever was
//! sent is read or refused: nothing panics, and nothing takes longer or more than its limits say.

use chrono::NaiveDate;
use workbook::{Limits, Refusal, Workbook, digits, when};

use crate::made::{SHEET, STRINGS, book};

/// Small, so that the fuzzer comes to the limits.
const LIMITS: Limits = Limits {
    file: 64 << 10,
    unpacked: 1 << 20,
    entries: 40,
    rows: 500,
    columns: 60,
    cell: 200,
    row: 4 << 10,
    text: 64 << 10,
};

/// A target by its name.
pub(crate) fn run(target: &str, bytes: &[u8]) {
    match target {
        "archive" => drop(read(bytes.to_vec())),
        "part" => part(bytes),
        "value" => value(bytes),
        other => panic!("no target {other}"),
    }
}

/// The first byte says which part of an otherwise good file the rest is.
fn part(bytes: &[u8]) {
    let Some((which, rest)) = bytes.split_first() else { return };
    let names = [SHEET, STRINGS, "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"];
    let Some(name) = names.get(usize::from(which % 5)) else { return };
    drop(read(book(&[(name, rest)])));
}

/// Everything that an import does: how many rows all sheets have.
fn read(bytes: Vec<u8>) -> Result<usize, Refusal> {
    let mut book = Workbook::open(bytes, LIMITS)?;
    let _ = book.version();
    let mut all = 0;
    for sheet in 0..book.sheets().len() {
        let mut rows = book.rows(sheet)?;
        let (total, before) = (rows.total(), all);
        while let Some(row) = rows.next()? {
            all += 1;
            assert!(row.cells.is_sorted_by(|one, other| one.0 < other.0), "columns in their order");
            for (_, cell) in &row.cells {
                known(cell);
            }
        }
        assert_eq!(all - before, total, "as many rows as were told");
    }
    Ok(all)
}

fn known(cell: &workbook::Cell) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap_or_default();
    let _ = cell.shown();
    let _ = when(cell, today);
    let _ = digits(cell);
}

/// A cell's text in each of its kinds.
fn value(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    known(&workbook::Cell::Text(text.to_owned()));
    known(&workbook::Cell::Number(text.to_owned()));
}
