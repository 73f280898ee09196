//! Archives made by hand.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub(crate) const SHEET: &str = "xl/worksheets/sheet1.xml";
pub(crate) const STRINGS: &str = "xl/sharedStrings.xml";

/// A workbook of parts; those that every workbook has are there unless given.
pub(crate) fn book(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let relationships = |inside: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let usual = [
        (
            "[Content_Types].xml",
            "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned(),
        ),
        (
            "_rels/.rels",
            relationships(&format!(
                "<Relationship Id=\"r1\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/>"
            )),
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"数据\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                .to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(&format!(
                "<Relationship Id=\"r1\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            )),
        ),
        (SHEET, sheet(HEADER)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in &usual {
        if !parts.iter().any(|(given, _)| given == name) {
            zip.start_file(*name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
    }
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A header and one person.
pub(crate) const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>出生日期</t></is></c>\
    <c r=\"C1\" t=\"inlineStr\"><is><t>管理单位</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>王秀英</v></c></row>";

pub(crate) fn sheet(rows: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// With one more row, or many.
pub(crate) fn with_rows(rows: &str) -> Vec<u8> {
    book(&[(SHEET, sheet(&format!("{HEADER}{rows}")).as_bytes())])
}
