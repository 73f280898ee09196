//! What is written is what is read.

use std::{io::Read as _, process::Command};

use proptest::prelude::*;
use workbook::{Cell, Limits, Look, Stamp, Workbook, Writer, tidy};

use crate::{COLUMNS, rows};

const NAMES: [&str; 3] = ["姓名", "出生日期", "管理单位"];

fn table(lines: &[[&str; 3]]) -> Vec<u8> {
    let mut writer = Writer::new();
    let mut sheet = writer.sheet("数据", &[12, 14, 24], true).unwrap();
    sheet.row(NAMES.map(|name| (name, Look::Head))).unwrap();
    sheet.freeze().unwrap();
    sheet.choices(1, 100, &["男", "女"]).unwrap();
    for line in lines {
        sheet.row(line.map(|text| (text, Look::Plain))).unwrap();
    }
    sheet.stamp(&Stamp { watermark: "内部资料&".to_owned(), footer: "方圆 2026-11-24".to_owned() });
    writer.sheet("填写说明", &[60], false).unwrap().row([("说明", Look::Wrapped)]).unwrap();
    writer.version("people/1").unwrap();
    writer.finish().unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_template_is_what_a_clerk_expects() {
    let bytes = table(&[]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for has in ["state=\"frozen\"", "<dataValidation ", "男,女", "内部资料&amp;&amp;", "方圆 2026-11-24"]
    {
        assert!(sheet.contains(has), "{has} is not in {sheet}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("state=\"veryHidden\""));
    let mut book = Workbook::open(bytes, Limits::default()).unwrap();
    assert_eq!(book.version().as_deref(), Some("people/1"));
    let visible: Vec<String> =
        book.sheets().into_iter().filter(|sheet| sheet.visible).map(|sheet| sheet.name).collect();
    assert_eq!(visible, ["数据", "填写说明"]);
    assert_eq!(book.header(&COLUMNS).unwrap().1.row, 1);
}

#[test]
fn what_looks_like_a_formula_or_a_number_is_a_text() {
    let line = ["=HYPERLINK(\"http://x\")", "330102194910010017", "+1-@\t"];
    let bytes = table(&[line]);
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    let mut book = Workbook::open(bytes, Limits::default()).unwrap();
    let all = rows(&mut book, 0).unwrap();
    let texts: Vec<&Cell> = all[1].cells.iter().map(|(_, cell)| cell).collect();
    assert_eq!(texts, line.map(|text| Cell::Text(text.replace('\t', ""))).iter().collect::<Vec<_>>());
}

/// `LibreOffice`, where it is installed, opens what we write and keeps it.
#[test]
fn another_program_reads_what_we_write() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("ours.xlsx");
    std::fs::write(&file, table(&[["王秀英", "1944.3.15", "=1+1"], ["李国强", "", "330102194910010017"]]))
        .unwrap();
    let convert = ["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir"];
    let Ok(done) = Command::new("soffice").args(convert).arg(folder).arg(&file).output() else { return };
    assert!(done.status.success());
    let csv = std::fs::read_to_string(folder.join("ours.csv")).unwrap();
    assert_eq!(csv, "姓名,出生日期,管理单位\n王秀英,1944.3.15,=1+1\n李国强,,330102194910010017\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_text_comes_back(lines in prop::collection::vec(prop::array::uniform3("\\PC{0,20}"), 0..6)) {
        let lines: Vec<[&str; 3]> = lines.iter().map(|line| [line[0].as_str(), line[1].as_str(), line[2].as_str()]).collect();
        let mut book = Workbook::open(table(&lines), Limits::default()).unwrap();
        let all = rows(&mut book, 0).unwrap();
        let filled = lines.iter().filter(|line| line.iter().any(|text| !tidy(text).is_empty()));
        for (row, line) in all[1..].iter().zip(filled) {
            for (at, text) in (0..).zip(line) {
                let read = row.cells.iter().find(|(column, _)| *column == at).map(|(_, cell)| cell.shown());
                prop_assert_eq!(read.unwrap_or_default(), tidy(text));
            }
        }
    }
}
