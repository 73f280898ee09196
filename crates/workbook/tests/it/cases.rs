//! Files that want more than they are worth, one for each limit. The tests read small ones within small limits; `examples/hostile.rs`
//! reads them in full size and measures.

use std::fmt::Write as _;

use workbook::{Header, Limits};

use crate::made::{STRINGS, book, with_rows};

/// The limits of an import, so many times smaller.
pub(crate) fn limits(times: usize) -> Limits {
    let all = Limits::default();
    Limits {
        file: all.file / times,
        unpacked: all.unpacked / times as u64,
        rows: all.rows / times,
        text: all.text / times,
        ..all
    }
}

/// What each is, the file, and how its reading ends. `times` as in [`limits`].
pub(crate) fn cases(times: usize) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let rows = 50_000 / times;
    // Titles and a header may stand above as many.
    let above = Header::<u8>::LOOKED_AT;
    let megabyte = (1 << 20) / times;
    let text = "<c t=\"str\"><v>第一党支部</v></c>";
    let parts: Vec<String> = (0..200).map(|number| format!("xl/media/image{number}.png")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let zeros = vec![b' '; 201 * megabyte + times];
    let deep = "<a>".repeat(60 * megabyte);
    let empty = format!("<sst>{}</sst>", "<si><t/></si>".repeat(15 * megabyte));
    let giant = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(190 * megabyte));
    let wide = |cells: &str| with_rows(&format!("<row r=\"3\">{cells}</row>"));
    let blank = many(1_048_573 / times, |number| format!("<c r=\"A{number}\" s=\"1\"/>"));
    vec![
        (
            "larger than ten megabytes",
            [b"PK", vec![0; 10 * megabyte + times].as_slice()].concat(),
            "TooLarge(",
        ),
        ("more parts than any", book(&parts), "TooManyParts"),
        ("unpacks to 201 MB", book(&[("xl/media/a.png", &zeros)]), "TooLargeUnpacked"),
        ("unpacks to more than it says", lying(&book(&[(STRINGS, empty.as_bytes())])), "Damaged"),
        ("elements in elements", book(&[(STRINGS, deep.as_bytes())]), "Damaged"),
        ("millions of empty texts", book(&[(STRINGS, empty.as_bytes())]), "TooMuch"),
        ("one giant text", book(&[(STRINGS, giant.as_bytes())]), "Damaged"),
        ("100,000 columns", wide(&text.repeat(100_000 / times)), "TooManyColumns"),
        ("a cell far to the right", wide("<c r=\"BI3\" t=\"str\"><v>x</v></c>"), "TooManyColumns"),
        ("one row too many", with_rows(&many(above + rows - 1, |_| text.to_owned())), "TooManyRows"),
        ("as many rows as any", with_rows(&many(above + rows - 2, |_| text.to_owned())), "Ok("),
        ("50,001 full rows", with_rows(&many(above + rows, |_| text.repeat(26))), "TooMany"),
        ("a million blank rows", with_rows(&blank), "Ok(2)"),
    ]
}

/// Rows after the header and the person.
fn many(count: usize, cells: impl Fn(usize) -> String) -> String {
    (3..3 + count).fold(String::new(), |mut rows, number| {
        let _ = write!(rows, "<row r=\"{number}\" s=\"1\">{}</row>", cells(number));
        rows
    })
}

/// The directory says that every part has a thousand bytes.
fn lying(zip: &[u8]) -> Vec<u8> {
    let mut bytes = zip.to_vec();
    for (mark, at) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let found: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, four)| four == mark).map(|(at, _)| at).collect();
        for start in found {
            if let Some(size) = bytes.get_mut(start + at..start + at + 4) {
                size.copy_from_slice(&1_000_u32.to_le_bytes());
            }
        }
    }
    bytes
}
