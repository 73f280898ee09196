//! What an import does with a file.

use workbook::{Column, Limits, Refusal, Row, Workbook};

/// What the files' columns are called.
pub(crate) const COLUMNS: [Column<u8>; 7] = [
    column(0, "姓名", &[], true),
    column(1, "性别", &[], false),
    column(2, "出生日期", &["出生年月"], true),
    column(3, "身份证号", &["身份证号码"], false),
    column(4, "管理单位", &[], false),
    column(5, "参加工作时间", &[], false),
    column(6, "联系电话", &["手机"], false),
];

const fn column(
    key: u8,
    name: &'static str,
    synonyms: &'static [&'static str],
    required: bool,
) -> Column<u8> {
    Column { key, name, synonyms, required, choices: &[], note: "", sample: "" }
}

/// Every row of a sheet.
pub(crate) fn rows(book: &mut Workbook, sheet: usize) -> Result<Vec<Row>, Refusal> {
    let (mut rows, mut all) = (book.rows(sheet)?, Vec::new());
    while let Some(row) = rows.next()? {
        all.push(row);
    }
    assert_eq!(all.len(), rows.total());
    Ok(all)
}

/// Everything: how many rows the file has.
pub(crate) fn read_within(limits: Limits, bytes: Vec<u8>) -> Result<usize, Refusal> {
    let mut book = Workbook::open(bytes, limits)?;
    let _ = book.version();
    let (sheet, _) = book.header(&COLUMNS)?;
    rows(&mut book, sheet).map(|rows| rows.len())
}
