//! A batch's lines as the bytes that go to the bank, in one way only: what the hash is of.

use chrono::NaiveDate;
use encoding_rs::GB18030;
use ledger::Fen;

use super::shape::{Amounts, Control, Dates, Encoding, Field, Layout, LineEnd, Separator};
use crate::aid::payment::Line;

/// What of a batch stands in its file besides the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper<'a> {
    /// The batch's number.
    pub batch: &'a str,
    /// The day on which it was made: the file is the same whenever it is taken.
    pub made_on: NaiveDate,
}

/// The file.
pub fn write(layout: &Layout, paper: Paper<'_>, lines: &[Line]) -> Vec<u8> {
    let mut rows = Vec::with_capacity(lines.len() + 3);
    let total = lines.iter().map(|line| line.amount).sum();
    let control = |controls: &[Control]| -> Vec<String> {
        controls.iter().map(|one| said(layout, paper, one, (lines.len(), total))).collect()
    };
    if !layout.out.head.is_empty() {
        rows.push(control(&layout.out.head));
    }
    if layout.out.titles {
        rows.push(layout.out.columns.iter().map(|column| column.title.clone()).collect());
    }
    rows.extend(lines.iter().map(|line| {
        layout.out.columns.iter().map(|column| written(layout, paper, &column.field, line)).collect()
    }));
    if !layout.out.foot.is_empty() {
        rows.push(control(&layout.out.foot));
    }
    let end = match layout.line_end {
        LineEnd::Crlf => "\r\n",
        LineEnd::Lf => "\n",
    };
    let mut text = String::new();
    for row in rows {
        text.push_str(&row.join(&layout.separator.char().to_string()));
        text.push_str(end);
    }
    match layout.encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Gb18030 => GB18030.encode(&text).0.into_owned(),
    }
}

fn said(layout: &Layout, paper: Paper<'_>, control: &Control, (count, total): (usize, Fen)) -> String {
    match control {
        Control::Text(text) => text.clone(),
        Control::Batch => plain_field(paper.batch, layout.separator),
        Control::Date => day(paper.made_on, layout.dates),
        Control::Count => count.to_string(),
        Control::Total => amount(total, layout.amounts),
        Control::Any => String::new(),
    }
}

fn written(layout: &Layout, paper: Paper<'_>, wanted: &Field, line: &Line) -> String {
    let plain = |text: &str| plain_field(text, layout.separator);
    match wanted {
        Field::Serial => line.number.to_string(),
        Field::Payee => plain(&line.payee),
        Field::Account => plain(&line.account),
        Field::Bank => plain(&line.bank),
        Field::Amount => amount(line.amount, layout.amounts),
        Field::Case => plain(&line.case),
        Field::Batch => plain(paper.batch),
        Field::Date => day(paper.made_on, layout.dates),
        Field::Text(text) => text.clone(),
    }
}

fn amount(amount: Fen, amounts: Amounts) -> String {
    let fen = amount.fen();
    match amounts {
        Amounts::Yuan => format!("{}.{:02}", fen / 100, fen % 100),
        Amounts::Fen => fen.to_string(),
    }
}

fn day(day: NaiveDate, dates: Dates) -> String {
    let format = match dates {
        Dates::Compact => "%Y%m%d",
        Dates::Dashed => "%Y-%m-%d",
    };
    day.format(format).to_string()
}

/// A text as it stands in a field. Nothing in it ends it, and nothing in it is a formula to a spreadsheet. One character for private use has no place in
/// GB18030 (WHATWG Encoding Standard, "gb18030 encoder"), and stands for nothing.
pub fn plain_field(text: &str, separator: Separator) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() && *c != '\u{E5E5}') {
        if c == separator.char() {
            plain.push_str(separator.wide());
        } else {
            plain.push(c);
        }
    }
    plain.trim_start_matches(['=', '+', '-', '@']).to_owned()
}
