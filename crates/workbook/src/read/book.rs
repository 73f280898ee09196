//! A workbook that was sent.

use super::{
    package::Package,
    parts::{self, Listed},
    rows::{Row, Rows},
    strings::Strings,
    styles::Styles,
    walker::{Tables, Walker},
};
use crate::{Columns, Header, Limits, Refusal, write::VERSION_SHEET};

/// Nobody looks for the header further down.
const TOP: u32 = 200;

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// What it is called.
    pub name: String,
    /// Can its reader see it?
    pub visible: bool,
}

/// A workbook that was sent: its parts are checked, its rows are read on demand.
pub struct Workbook {
    package: Package,
    tables: Tables,
    listed: Vec<Listed>,
}

impl Workbook {
    /// Checks the file. Nothing of its sheets is read yet.
    pub fn open(bytes: Vec<u8>, limits: Limits) -> Result<Self, Refusal> {
        let mut package = Package::open(bytes, &limits)?;
        let (listed, from_1904) = parts::sheets(&mut package)?;
        let styles = Styles::read(&mut package)?;
        let strings = Strings::read(&mut package, &limits)?;
        Ok(Self { package, listed, tables: Tables { strings, styles, from_1904, limits } })
    }

    /// The sheets, in order.
    pub fn sheets(&self) -> Vec<SheetName> {
        let name = |sheet: &Listed| SheetName { name: sheet.name.clone(), visible: sheet.visible };
        self.listed.iter().map(name).collect()
    }

    /// The first visible sheet with a row of known column names near its top, and that row.
    pub fn header<K: Copy + PartialEq>(
        &mut self,
        columns: &Columns<K>,
    ) -> Result<(usize, Header<K>), Refusal> {
        for at in 0..self.listed.len() {
            if !self.listed.get(at).is_some_and(|sheet| sheet.visible) {
                continue;
            }
            for row in self.top(at, Header::<K>::LOOKED_AT)? {
                if let Some(header) = Header::read(&row, columns)? {
                    return Ok((at, header));
                }
            }
        }
        Err(Refusal::NoHeader)
    }

    /// The version that [`crate::Writer::version`] hid in a template.
    pub fn version(&mut self) -> Option<String> {
        let at = self.listed.iter().position(|sheet| sheet.name == VERSION_SHEET)?;
        let row = self.top(at, 1).ok()?.pop()?;
        row.cells.first().map(|(_, cell)| cell.shown())
    }

    /// The rows of a sheet. The whole sheet is looked over once before the first row is given: a file that is refused is refused before
    /// anything is done with it.
    pub fn rows(&mut self, sheet: usize) -> Result<Rows<'_>, Refusal> {
        let (mut total, limits) = (0, self.tables.limits);
        let mut walker = self.walker(sheet)?;
        while walker.row()?.is_some() {
            total += 1;
            if total > limits.rows + Header::<()>::LOOKED_AT {
                return Err(Refusal::TooManyRows(limits.rows));
            }
        }
        let merged = walker.merged()?;
        drop(walker);
        Ok(Rows::new(self.walker(sheet)?, limits, total, merged))
    }

    fn top(&mut self, sheet: usize, rows: usize) -> Result<Vec<Row>, Refusal> {
        let (mut walker, mut top) = (self.walker(sheet)?, Vec::new());
        while top.len() < rows
            && let Some(row) = walker.row_until(TOP)?
        {
            top.push(row);
        }
        Ok(top)
    }

    fn walker(&mut self, sheet: usize) -> Result<Walker<'_>, Refusal> {
        let part = &self.listed.get(sheet).ok_or(Refusal::NoHeader)?.part;
        let xml = self.package.part(part, "sheet")?.ok_or(Refusal::Damaged("sheet"))?;
        Ok(Walker::new(xml, &self.tables))
    }
}
