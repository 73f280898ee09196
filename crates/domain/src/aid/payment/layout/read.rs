//! The bank's answer, as bytes that somebody uploads, read into lines. Nothing is known here of what we sent: each line says what it
//! says, or that it cannot be read; a file that contradicts itself is refused as a whole.

use std::{borrow::Cow, fmt, mem, str};

use encoding_rs::GB18030;
use ledger::Fen;

use super::shape::{Amounts, Control, Encoding, Layout, Part, Separator};
use crate::aid::payment::ReturnReason;

/// Lines of an answer: ten times the largest batch.
pub const MOST_LINES: usize = 5_000;

/// One line. `Debug` leaves out what names anybody.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// Where in the file, from 1.
    pub at: usize,
    /// What it says of which line of ours; `None`: it cannot be read.
    pub said: Option<Said>,
}

/// What a line says.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// Our number of the line.
    pub serial: i32,
    /// The number of the case, if the bank gives it back.
    pub case: Option<String>,
    /// The holder, if the bank gives it back.
    pub payee: Option<String>,
    /// The account, or its end.
    pub account: String,
    /// How much.
    pub amount: Fen,
    /// What it did.
    pub word: Word,
}

/// What the bank did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// 已付.
    Paid,
    /// 退汇.
    Returned(ReturnReason),
    /// It has not decided yet.
    Waiting,
    /// A word that the layout does not know.
    Unknown,
}

/// Why a file is no answer in this layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Its bytes are in another encoding.
    Encoding,
    /// There is no line in it.
    Empty,
    /// There are more than [`MOST_LINES`].
    TooLong,
    /// The line in front or after all is another one, or says another batch, count or sum.
    Control {
        /// Where in the file.
        line: usize,
    },
}

impl fmt::Debug for ReadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.said.as_ref().map(|said| said.word);
        f.debug_struct("ReadLine").field("at", &self.at).field("word", &word).finish_non_exhaustive()
    }
}

/// Reads the answer to the batch of this number: its lines, but for those in front and after all.
pub fn read(layout: &Layout, batch: &str, bytes: &[u8]) -> Result<Vec<ReadLine>, Unreadable> {
    let text = decoded(layout.encoding, bytes).ok_or(Unreadable::Encoding)?;
    let rows: Vec<(usize, &str)> = (1..)
        .zip(text.split('\n').map(|line| line.trim_end_matches('\r')))
        .filter(|(_, line)| !line.trim().is_empty())
        .take(MOST_LINES + 4)
        .collect();
    let mut rest = rows.as_slice();
    let head = if layout.back.head.is_empty() { None } else { Some(first(&mut rest)?) };
    if layout.back.titles {
        first(&mut rest)?;
    }
    let foot = if layout.back.foot.is_empty() { None } else { Some(last(&mut rest)?) };
    if rest.is_empty() {
        return Err(Unreadable::Empty);
    }
    if rest.len() > MOST_LINES {
        return Err(Unreadable::TooLong);
    }
    let lines: Vec<ReadLine> =
        rest.iter().map(|(at, line)| ReadLine { at: *at, said: said(layout, line) }).collect();
    let answer = Held { layout, batch, lines: &lines };
    for (controls, line) in [(&layout.back.head, head), (&layout.back.foot, foot)] {
        if let Some((at, line)) = line {
            answer.agrees(controls, line).ok_or(Unreadable::Control { line: at })?;
        }
    }
    Ok(lines)
}

fn first<'a>(rows: &mut &[(usize, &'a str)]) -> Result<(usize, &'a str), Unreadable> {
    let (first, rest) = rows.split_first().ok_or(Unreadable::Empty)?;
    *rows = rest;
    Ok(*first)
}

fn last<'a>(rows: &mut &[(usize, &'a str)]) -> Result<(usize, &'a str), Unreadable> {
    let (last, rest) = rows.split_last().ok_or(Unreadable::Empty)?;
    *rows = rest;
    Ok(*last)
}

fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    match encoding {
        Encoding::Utf8 => {
            let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            str::from_utf8(plain).ok().map(str::to_owned)
        }
        Encoding::Gb18030 => {
            GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
        }
    }
}

/// What the lines in front and after all are held against.
struct Held<'a> {
    layout: &'a Layout,
    batch: &'a str,
    lines: &'a [ReadLine],
}

impl Held<'_> {
    /// `None`: it does not agree. While a line cannot be read its sum is not known: that line is named instead.
    fn agrees(&self, controls: &[Control], line: &str) -> Option<()> {
        let fields = fields(line, self.layout.separator);
        if fields.len() != controls.len() {
            return None;
        }
        let holds = controls.iter().zip(&fields).all(|(control, field)| match control {
            Control::Text(text) => text == field,
            Control::Batch => self.batch == field,
            Control::Count => field.parse::<usize>().is_ok_and(|count| count == self.lines.len()),
            Control::Total => {
                let amounts = self.lines.iter().map(|line| line.said.as_ref().map(|said| said.amount));
                let total: Option<Vec<Fen>> = amounts.collect();
                let says = amount(self.layout.amounts, field);
                total.is_none_or(|amounts| says.is_some() && says == Fen::checked_sum(amounts))
            }
            Control::Date | Control::Any => true,
        });
        holds.then_some(())
    }
}

fn said(layout: &Layout, line: &str) -> Option<Said> {
    let fields = fields(line, layout.separator);
    if fields.len() != layout.back.columns.len() {
        return None;
    }
    let of = |part: Part| {
        let found = layout.back.columns.iter().zip(&fields).find(|(known, _)| **known == part);
        found.map(|(_, field)| field.as_str())
    };
    Some(Said {
        serial: of(Part::Serial)?.parse().ok()?,
        case: of(Part::Case).map(str::to_owned),
        payee: of(Part::Payee).map(str::to_owned),
        account: of(Part::Account)?.to_owned(),
        amount: amount(layout.amounts, of(Part::Amount)?)?,
        word: word(layout, of(Part::Result)?, of(Part::Reason).unwrap_or_default()),
    })
}

fn word(layout: &Layout, result: &str, reason: &str) -> Word {
    let back = &layout.back;
    let one_of = |words: &[String]| words.iter().any(|word| word == result);
    if one_of(&back.paid) {
        Word::Paid
    } else if one_of(&back.returned) {
        let holds = |words: &[String]| words.iter().any(|word| reason.contains(word.as_str()));
        let known = back.reasons.iter().find(|(_, words)| holds(words));
        Word::Returned(known.map_or(ReturnReason::Other, |(reason, _)| *reason))
    } else if one_of(&back.waiting) {
        Word::Waiting
    } else {
        Word::Unknown
    }
}

fn amount(amounts: Amounts, text: &str) -> Option<Fen> {
    let amount: Fen = match amounts {
        Amounts::Yuan => text.parse().ok()?,
        Amounts::Fen => Fen(text.parse().ok()?),
    };
    amount.is_positive().then_some(amount)
}

/// The fields of a line, without blanks around them. Between commas, a field may stand in double quotes, in which two are one.
fn fields(line: &str, separator: Separator) -> Vec<String> {
    let may_quote = separator == Separator::Comma;
    let (mut all, mut field, mut inside) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if may_quote && (inside || field.trim().is_empty()) => inside = !inside,
            c if c == separator.char() && !inside => {
                all.push(mem::take(&mut field).trim().to_owned());
            }
            c => field.push(c),
        }
    }
    all.push(field.trim().to_owned());
    all
}
