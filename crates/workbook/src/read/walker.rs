//! The cells of a sheet, row after row.

use quick_xml::events::{BytesStart, Event};

use super::{
    package::Part,
    rows::Row,
    strings::Strings,
    styles::Styles,
    xml::{attribute, character},
};
use crate::{Cell, Limits, Refusal};

/// What cells refer to.
pub(super) struct Tables {
    pub(super) strings: Strings,
    pub(super) styles: Styles,
    pub(super) from_1904: bool,
    pub(super) limits: Limits,
}

/// Walks down a sheet.
pub(super) struct Walker<'a> {
    xml: Part<'a>,
    tables: &'a Tables,
    row: u32,
    column: u32,
    /// Bytes of text so far.
    text: usize,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    kind: Kind,
    style: usize,
    value: String,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
    Failed,
}

/// A merged block: column (from 0), first and last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) column: u32,
    pub(super) first: u32,
    pub(super) last: u32,
}

impl<'a> Walker<'a> {
    pub(super) fn new(xml: Part<'a>, tables: &'a Tables) -> Self {
        Self { xml, tables, row: 0, column: 0, text: 0 }
    }

    /// The next row that holds something. `None`: the cells are over.
    pub(super) fn row(&mut self) -> Result<Option<Row>, Refusal> {
        self.row_until(u32::MAX)
    }

    /// The same, among the rows with these numbers.
    pub(super) fn row_until(&mut self, last: u32) -> Result<Option<Row>, Refusal> {
        let mut cells: Vec<(u32, Cell)> = Vec::new();
        let mut open = Open::default();
        let (mut reads, mut sounds, mut bytes) = (false, false, 0);
        loop {
            let row = self.row;
            if row > last {
                return Ok(None);
            }
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().into_inner() {
                    "row" => (self.row, self.column) = (number(&element, self.row), 0),
                    "c" => (self.column, open) = begin(&element, self.column),
                    "v" | "t" => reads = !sounds,
                    "rPh" => sounds = true,
                    _ => {}
                },
                Event::Empty(element) => match element.local_name().into_inner() {
                    "row" => (self.row, self.column) = (number(&element, self.row), 0),
                    "c" => self.column = begin(&element, self.column).0,
                    // No rows at all.
                    "sheetData" => return Ok(None),
                    _ => {}
                },
                Event::Text(text) if reads => {
                    push(&mut open.value, &text.xml10_content(), &self.tables.limits, row)?;
                }
                Event::CData(text) if reads => {
                    push(&mut open.value, &text.xml10_content(), &self.tables.limits, row)?;
                }
                Event::GeneralRef(reference) => {
                    let c = character(&reference)?;
                    if reads {
                        push(&mut open.value, c.encode_utf8(&mut [0; 4]), &self.tables.limits, row)?;
                    }
                }
                Event::End(element) => match element.local_name().into_inner() {
                    "v" | "t" => reads = false,
                    "rPh" => sounds = false,
                    "c" => {
                        let Some(cell) = self.cell(&mut open)? else { continue };
                        bytes += size(&cell);
                        let column = self.column.saturating_sub(1);
                        self.keep(&mut cells, (column, cell), bytes)?;
                    }
                    "row" if !cells.is_empty() => return Ok(Some(Row { number: self.row, cells })),
                    "sheetData" => return Ok(None),
                    _ => {}
                },
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn keep(&mut self, cells: &mut Vec<(u32, Cell)>, cell: (u32, Cell), bytes: usize) -> Result<(), Refusal> {
        let limits = &self.tables.limits;
        if cell.0 >= limits.columns {
            return Err(Refusal::TooManyColumns(limits.columns));
        }
        // Out of order or twice: no program writes that.
        if cells.last().is_some_and(|(before, _)| *before >= cell.0) {
            return Err(self.xml.damaged());
        }
        if bytes > limits.row {
            return Err(Refusal::TooMuchText(self.row));
        }
        self.text += size(&cell.1);
        if self.text > limits.text {
            return Err(Refusal::TooMuch);
        }
        cells.push(cell);
        Ok(())
    }

    /// What the finished cell is; `None`: blank.
    fn cell(&self, open: &mut Open) -> Result<Option<Cell>, Refusal> {
        let value = std::mem::take(&mut open.value);
        let cell = match open.kind {
            Kind::Shared => {
                let at = value.trim().parse().ok();
                let text = at.and_then(|at| self.tables.strings.get(at));
                let text = if value.is_empty() { Some("") } else { text };
                let text = text.ok_or_else(|| self.xml.damaged())?;
                if text.chars().count() > self.tables.limits.cell {
                    return Err(Refusal::TooMuchText(self.row));
                }
                Cell::Text(text.to_owned())
            }
            Kind::Text => Cell::Text(value),
            Kind::Bool => Cell::Text(if value.trim() == "1" { "是" } else { "否" }.to_owned()),
            Kind::Failed => Cell::Failed(value),
            Kind::Number if value.trim().is_empty() => return Ok(None),
            Kind::Number if self.tables.styles.is_date(open.style) => Cell::Serial(self.serial(value)),
            Kind::Number => Cell::Number(value.trim().to_owned()),
        };
        Ok(Some(cell).filter(|cell| !cell.is_blank()))
    }

    /// Days since 1899-12-30, also of a workbook that counts from 1904.
    fn serial(&self, value: String) -> String {
        match value.trim().parse::<f64>() {
            Ok(days) if self.tables.from_1904 => (days + 1462.0).to_string(),
            _ => value,
        }
    }

    /// What is merged, after the cells are over. Only blocks of several rows: across, the first cell has the value and the others are
    /// blank, which is how it looks.
    pub(super) fn merged(&mut self) -> Result<Vec<Merged>, Refusal> {
        let mut all = Vec::new();
        loop {
            match self.xml.next()? {
                Event::Start(element) | Event::Empty(element)
                    if element.local_name().into_inner() == "mergeCell" =>
                {
                    let block = attribute(&element, "ref").and_then(|block| merged(&block));
                    if all.len() >= self.tables.limits.rows {
                        return Err(Refusal::TooMuch);
                    }
                    all.extend(block.filter(|block| block.last > block.first));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        all.sort_by_key(|block| block.first);
        Ok(all)
    }
}

fn push(value: &mut String, text: &str, limits: &Limits, row: u32) -> Result<(), Refusal> {
    value.push_str(text);
    // A character has at most four bytes; counting exactly is for texts that come near.
    if value.len() > limits.cell && value.chars().count() > limits.cell {
        return Err(Refusal::TooMuchText(row));
    }
    Ok(())
}

fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Serial(text) | Cell::Failed(text) => text.len(),
    }
}

/// The number of a row: said, or one more than the one before.
fn number(element: &BytesStart<'_>, before: u32) -> u32 {
    attribute(element, "r").and_then(|said| said.parse().ok()).unwrap_or(before.saturating_add(1))
}

/// The column of a cell (from 1: said, or the one after the one before), and the cell, still empty.
fn begin(element: &BytesStart<'_>, before: u32) -> (u32, Open) {
    let (mut column, mut open) = (before.saturating_add(1), Open::default());
    for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
        match attribute.key.into_inner() {
            "r" => column = place(&attribute.value).map_or(column, |(at, _)| at + 1),
            "s" => open.style = attribute.value.parse().unwrap_or_default(),
            "t" => {
                open.kind = match attribute.value.as_ref() {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" | "d" => Kind::Text,
                    "b" => Kind::Bool,
                    "e" => Kind::Failed,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
    (column, open)
}

/// `AB12`: column (from 0) and row.
fn place(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, row) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column =
        letters.bytes().fold(0_u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((column - 1, row.parse().ok()?))
}

fn merged(text: &str) -> Option<Merged> {
    let (from, to) = text.split_once(':')?;
    let ((column, first), (_, last)) = (place(from)?, place(to)?);
    Some(Merged { column, first, last })
}

#[cfg(test)]
mod tests {
    use super::{Merged, merged, place};

    #[test]
    fn places_are_letters_and_a_number() {
        assert_eq!(place("A1"), Some((0, 1)));
        assert_eq!(place("AB12"), Some((27, 12)));
        assert_eq!(place("XFD1048576"), Some((16_383, 1_048_576)));
        for none in ["", "12", "A", "ABCD1", "A-1", "A99999999999"] {
            assert_eq!(place(none), None, "{none:?}");
        }
        assert_eq!(merged("B2:C4"), Some(Merged { column: 1, first: 2, last: 4 }));
    }
}
