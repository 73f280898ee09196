//! A workbook that is being written.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::{Look, Sheet};

/// The hidden sheet with a template's version.
pub(crate) const VERSION_SHEET: &str = "_版本";

/// The file was not written. Says no more: a message of the library may quote a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct CannotWrite;

impl From<XlsxError> for CannotWrite {
    fn from(_: XlsxError) -> Self {
        Self
    }
}

/// Writes a workbook row by row. Memory does not grow with the rows, which wait in an unnamed temporary file.
pub struct Writer {
    book: Workbook,
    looks: Vec<(Look, Format)>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty one.
    pub fn new() -> Self {
        let looks = Look::ALL.iter().map(|look| (*look, format(*look))).collect();
        Self { book: Workbook::new(), looks }
    }

    /// Adds a sheet with columns of these widths (in characters). `text`: the columns whose empty cells are set to text as well, so
    /// that what is typed there keeps its digits.
    pub fn sheet(&mut self, name: &str, widths: &[u16], text: bool) -> Result<Sheet<'_>, CannotWrite> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        let as_text = Format::new().set_num_format("@");
        for (at, width) in (0_u16..).zip(widths) {
            sheet.set_column_width(at, f64::from(*width))?;
            if text {
                sheet.set_column_format(at, &as_text)?;
            }
        }
        Ok(Sheet::new(sheet, &self.looks))
    }

    /// Hides a version in it, for [`crate::Workbook::version`].
    pub fn version(&mut self, version: &str) -> Result<(), CannotWrite> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(VERSION_SHEET)?.set_very_hidden(true);
        sheet.write_string(0, 0, version)?;
        Ok(())
    }

    /// The file.
    pub fn finish(mut self) -> Result<Vec<u8>, CannotWrite> {
        Ok(self.book.save_to_buffer()?)
    }
}

/// Every cell is a text: nothing typed is ever taken for a formula.
fn format(look: Look) -> Format {
    let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
    match look {
        Look::Plain => text,
        Look::Wrapped => text.set_text_wrap(),
        Look::Title => text.set_bold().set_font_size(14),
        Look::Head => text.set_bold().set_background_color(0x00F2_ECE1).set_border(FormatBorder::Thin),
        Look::Sample => text.set_italic().set_font_color(0x006F_6860).set_background_color(0x00F5_F5F5),
        Look::Wrong => text.set_background_color(0x00FF_D9D6).set_border(FormatBorder::Thin),
        Look::Reason => text.set_font_color(0x008C_1719).set_text_wrap(),
    }
}
