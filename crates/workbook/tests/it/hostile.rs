//! Files that could do something, that contradict themselves, or that want more than they are worth.

use std::fmt::Write as _;

use workbook::Refusal;

use crate::{
    cases,
    made::{HEADER, SHEET, STRINGS, book, sheet, with_rows},
    read,
    reading::read_within,
};

fn cell(place: &str) -> String {
    format!("<c r=\"{place}\" t=\"str\"><v>x</v></c>")
}

#[test]
fn what_could_do_something_is_refused() {
    let part = |name: &'static str| book(&[(name, b"x")]);
    assert_eq!(read(part("xl/vbaProject.bin")), Err(Refusal::Macros));
    assert_eq!(read(part("xl/macrosheets/sheet1.xml")), Err(Refusal::Macros));
    let types =
        b"<Types><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    assert_eq!(read(book(&[("[Content_Types].xml", types)])), Err(Refusal::Macros));
    assert_eq!(read(part("xl/externalLinks/externalLink1.xml")), Err(Refusal::ExternalLinks));
    assert_eq!(read(part("xl/embeddings/oleObject1.bin")), Err(Refusal::ExternalLinks));
    let outside = |kind: &str| {
        let text = format!(
            "<Relationships><Relationship Id=\"r9\" Type=\"x/{kind}\" Target=\"http://x\" TargetMode=\"External\"/></Relationships>"
        );
        read(book(&[("xl/worksheets/_rels/sheet1.xml.rels", text.as_bytes())]))
    };
    assert_eq!(outside("image"), Err(Refusal::ExternalLinks));
    assert_eq!(outside("hyperlink"), Ok(2), "an address in a cell is text");
}

#[test]
fn nothing_is_declared_and_nothing_is_fetched() {
    let with = |head: &str, rows: &str| {
        let text = sheet(rows).replace("?><worksheet", &format!("?>{head}<worksheet"));
        read(book(&[(SHEET, text.as_bytes())]))
    };
    assert_eq!(with("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>", HEADER), Err(Refusal::DocumentType));
    let entity = HEADER.replace("王秀英", "&xxe;");
    assert_eq!(with("", &entity), Err(Refusal::DocumentType));
    assert_eq!(with("", &HEADER.replace("王秀英", "&lt;&#29579;&#x79C0;&amp;")), Ok(2));
}

#[test]
fn a_file_that_contradicts_itself_is_damaged() {
    for rows in [
        format!("{HEADER}<row r=\"3\"><c r=\"A3\" t=\"s\"><v>7</v></c></row>"),
        format!("{HEADER}<row r=\"2\">{}</row>", cell("A2")),
        format!("{HEADER}<row r=\"3\">{}{}</row>", cell("B3"), cell("A3")),
        format!("{HEADER}<row r=\"3\">"),
    ] {
        assert!(
            matches!(read(book(&[(SHEET, sheet(&rows).as_bytes())])), Err(Refusal::Damaged(_))),
            "{rows}"
        );
    }
}

#[test]
fn one_text_may_not_stand_everywhere() {
    let long = "长".repeat(1_900);
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    let row: String = (0_u8..26).fold(String::new(), |mut row, at| {
        let _ = write!(row, "<c r=\"{}3\" t=\"s\"><v>0</v></c>", char::from(b'A' + at));
        row
    });
    let text = sheet(&format!("{HEADER}<row r=\"3\">{row}</row>"));
    let refused = read(book(&[(SHEET, text.as_bytes()), (STRINGS, strings.as_bytes())]));
    assert_eq!(refused, Err(Refusal::TooMuchText(3)));
    let one =
        with_rows(&format!("<row r=\"3\"><c r=\"A3\" t=\"str\"><v>{}</v></c></row>", "x".repeat(2_001)));
    assert_eq!(read(one), Err(Refusal::TooMuchText(3)));
    // A merged cell costs what it would cost written out.
    let mut text =
        sheet(&format!("{HEADER}<row r=\"3\">{}</row><row r=\"4\">{}</row>", cell("A3"), cell("B4")));
    text = text.replace("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A3:A9\"/></mergeCells>");
    assert_eq!(read(book(&[(SHEET, text.as_bytes())])), Ok(4));
}

/// The same in full size, with time and memory measured: `tests/load/intake`.
#[test]
fn every_limit_refuses_what_passes_it() {
    for (name, bytes, expected) in cases::cases(50) {
        let result = format!("{:?}", read_within(cases::limits(50), bytes));
        assert!(result.contains(expected), "{name}: {result}");
    }
}
