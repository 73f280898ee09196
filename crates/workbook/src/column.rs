//! Columns by name: in any order, under any of their names, below any number of title rows.

use crate::{Cell, Refusal, read::Row, value::tidy};

/// A column that a caller knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column<K: 'static> {
    /// What the caller calls it.
    pub key: K,
    /// Its name in templates and in messages.
    pub name: &'static str,
    /// Other names under which it comes.
    pub synonyms: &'static [&'static str],
    /// A file without it is refused.
    pub required: bool,
    /// The words that may stand in it, for a drop-down list; empty when anything may.
    pub choices: &'static [&'static str],
    /// How to fill it, for the template's second sheet.
    pub note: &'static str,
    /// What stands in the template's sample row.
    pub sample: &'static str,
}

/// The columns of one kind of file.
pub type Columns<K> = [Column<K>];

/// Title rows that may stand above the header.
const TITLES: usize = 20;
/// So many known names make a row the header: a title may have one by chance.
const ENOUGH: usize = 3;

/// Which column of a file is which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header<K> {
    /// The row's number as the program shows it.
    pub row: u32,
    /// Known columns: where (from 0), which.
    pub known: Vec<(u32, K)>,
    /// Names of the others, as they stand there.
    pub unknown: Vec<String>,
}

impl<K: Copy + PartialEq> Header<K> {
    /// The most rows that are worth looking at.
    pub const LOOKED_AT: usize = TITLES + 1;

    /// `None`: the row is no header. A header that lacks a required column or has one twice is an error.
    pub fn read(row: &Row, columns: &Columns<K>) -> Result<Option<Self>, Refusal> {
        let mut known: Vec<(u32, K)> = Vec::new();
        let (mut unknown, mut twice) = (Vec::new(), None);
        for (at, cell) in &row.cells {
            let text = cell.shown();
            let name = bare(&text);
            match columns.iter().find(|column| column.is_called(&name)) {
                Some(column) if known.iter().any(|(_, key)| *key == column.key) => twice = Some(column.name),
                Some(column) => known.push((*at, column.key)),
                None if name.is_empty() => {}
                None => unknown.push(tidy(&text)),
            }
        }
        if known.len() < ENOUGH.min(columns.len()) {
            return Ok(None);
        }
        if let Some(name) = twice {
            return Err(Refusal::ColumnTwice(name));
        }
        let lacks = |column: &&Column<K>| column.required && !known.iter().any(|(_, key)| *key == column.key);
        let missing: Vec<&'static str> = columns.iter().filter(lacks).map(|column| column.name).collect();
        if missing.is_empty() {
            Ok(Some(Self { row: row.number, known, unknown }))
        } else {
            Err(Refusal::MissingColumns(missing))
        }
    }

    /// The cell of a row in a column.
    pub fn cell<'a>(&self, row: &'a [(u32, Cell)], key: K) -> Option<&'a Cell> {
        let (at, _) = self.known.iter().find(|(_, known)| *known == key)?;
        row.iter().find(|(column, _)| column == at).map(|(_, cell)| cell)
    }
}

impl<K> Column<K> {
    fn is_called(&self, bare_name: &str) -> bool {
        !bare_name.is_empty()
            && (bare(self.name) == bare_name || self.synonyms.iter().any(|name| bare(name) == bare_name))
    }
}

/// A name without what people put around it: white space, stars, `（必填）`, a colon at the end.
fn bare(name: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in tidy(name).chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            '*' | '＊' | ':' | '：' | '、' | '/' => {}
            c if c.is_whitespace() || depth > 0 => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Column, Header, bare};
    use crate::{Cell, Refusal, read::Row};

    const fn column(key: u8, name: &'static str, synonyms: &'static [&'static str]) -> Column<u8> {
        Column { key, name, synonyms, required: key == 0, choices: &[], note: "", sample: "" }
    }

    const COLUMNS: [Column<u8>; 4] = [
        column(0, "姓名", &["名字"]),
        column(1, "出生日期", &["出生年月"]),
        column(2, "联系电话", &["手机", "电话"]),
        column(3, "管理单位", &[]),
    ];

    fn row(names: &[&str]) -> Row {
        let cells = (0..).zip(names.iter().map(|name| Cell::Text((*name).to_owned())));
        Row { number: 3, cells: cells.collect() }
    }

    #[test]
    fn names_are_told_by_what_they_mean() {
        for name in ["姓名", " 姓 名 ", "*姓名", "姓名（必填）", "姓\n名：", "【必填】姓名"]
        {
            assert_eq!(bare(name), "姓名", "{name:?}");
        }
    }

    #[test]
    fn columns_come_in_any_order_and_under_any_name() {
        let row = row(&["手机", "备注", "出生年月", "名字*"]);
        let header = Header::read(&row, &COLUMNS).unwrap().unwrap();
        assert_eq!(header.known, [(0, 2), (2, 1), (3, 0)]);
        assert_eq!((header.unknown, header.row), (vec!["备注".to_owned()], 3));
    }

    #[test]
    fn a_title_is_no_header() {
        assert_eq!(Header::read(&row(&["离退休干部姓名登记表"]), &COLUMNS), Ok(None));
        assert_eq!(Header::read(&row(&["姓名", "单位负责人"]), &COLUMNS), Ok(None));
    }

    #[test]
    fn a_header_lacks_nothing_and_has_nothing_twice() {
        let lacking = Header::read(&row(&["手机", "出生日期", "管理单位"]), &COLUMNS);
        assert_eq!(lacking, Err(Refusal::MissingColumns(vec!["姓名"])));
        let twice = Header::read(&row(&["姓名", "手机", "电话", "管理单位"]), &COLUMNS);
        assert_eq!(twice, Err(Refusal::ColumnTwice("联系电话")));
    }
}
