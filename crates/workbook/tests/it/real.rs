//! Files of real programs, made by `tests/fixtures/make.py`.

use chrono::NaiveDate;
use workbook::{Known, Limits, Mistake, Precision, Refusal, Workbook, digits, tidy, when};

use crate::{COLUMNS, fixture, read, rows};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn known(year: i32, month: u32, day: u32, precision: Precision) -> Known {
    Known { on: NaiveDate::from_ymd_opt(year, month, day).unwrap(), precision }
}

#[test]
fn what_a_clerk_wrote_is_what_is_read() {
    for name in ["openpyxl.xlsx", "libreoffice.xlsx"] {
        let mut book = Workbook::open(fixture(name), Limits::default()).unwrap();
        assert_eq!(book.sheets().len(), 2, "{name}");
        let (sheet, header) = book.header(&COLUMNS).unwrap();
        assert_eq!((sheet, header.row), (0, 3), "{name}: below two titles");
        assert_eq!(header.unknown, ["序号", "备注"], "{name}");
        let all = rows(&mut book, sheet).unwrap();
        assert_eq!(all.len(), 6, "{name}: rows with nothing but borders are none");
        let people = &all[3..];
        let cell = |person: usize, key: u8| header.cell(&people[person].cells, key);
        let text = |person, key| cell(person, key).map(workbook::Cell::shown).unwrap_or_default();
        let names: Vec<String> = (0..3).map(|person| text(person, 0)).collect();
        assert_eq!(names, ["王秀英", "李国强", "赵德福"], "{name}");
        // Merged over three rows.
        assert_eq!([text(0, 4), text(1, 4), text(2, 4)], ["示例市水利局"; 3], "{name}");

        let date = |person, key| when(cell(person, key).unwrap(), today());
        assert_eq!(date(0, 2), Ok(Some(known(1944, 3, 15, Precision::Day))), "{name}");
        assert_eq!(date(1, 2), Ok(Some(known(1948, 3, 2, Precision::Day))), "{name}: shown as a date");
        assert_eq!(date(2, 2), Ok(Some(known(1948, 3, 2, Precision::Day))), "{name}: days without a format");
        assert_eq!(date(0, 5), Ok(Some(known(1962, 9, 1, Precision::Month))), "{name}");
        assert_eq!(date(1, 5), Ok(Some(known(1966, 7, 1, Precision::Month))), "{name}");
        assert_eq!(date(2, 5), Ok(Some(known(1968, 1, 1, Precision::Year))), "{name}");

        let number = |person, key| digits(cell(person, key).unwrap());
        assert_eq!(number(0, 3), Ok(Some("330106194403150026".to_owned())), "{name}");
        assert_eq!(number(1, 3), Ok(Some("330102194910010017".to_owned())), "{name}: full width");
        assert_eq!(number(2, 3), Err(Mistake::DigitsLost), "{name}: 18 digits as a number");
        assert_eq!(number(1, 6), Ok(Some("13800001235".to_owned())), "{name}: a telephone as a number");
        assert_eq!(number(2, 6), Ok(Some("0571-87051234".to_owned())), "{name}: an apostrophe in front");
        let last = |person: usize| people[person].cells.last().map(|(_, cell)| tidy(&cell.shown())).unwrap();
        assert_eq!((last(0).as_str(), last(2).as_str()), ("=不是公式", "<b>&"), "{name}");
    }
}

#[test]
fn a_sheet_for_each_month_is_no_reason_to_refuse() {
    // 13 sheets with a comment on each.
    let book = fixture("months.xlsx");
    assert_eq!(read(book), Ok(1));
}

#[test]
fn an_old_file_is_told_from_a_broken_one() {
    assert_eq!(read(fixture("old.xls")), Err(Refusal::OldOrLocked));
    assert_eq!(read(b"\xEF\xBB\xBF\xE5\xA7\x93\xE5\x90\x8D,1".to_vec()), Err(Refusal::NotAWorkbook));
    let whole = fixture("openpyxl.xlsx");
    assert_eq!(read(whole[..whole.len() / 2].to_vec()), Err(Refusal::NotAWorkbook));
}
