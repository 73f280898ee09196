//! A sheet that is being written, from top to bottom.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, Worksheet};

use super::CannotWrite;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A value.
    Plain,
    /// A long text.
    Wrapped,
    /// A title.
    Title,
    /// A column's name.
    Head,
    /// Of the sample row.
    Sample,
    /// A value with a mistake.
    Wrong,
    /// What is wrong with a row.
    Reason,
}

impl Look {
    pub(super) const ALL: [Self; 7] =
        [Self::Plain, Self::Wrapped, Self::Title, Self::Head, Self::Sample, Self::Wrong, Self::Reason];
}

/// Who took a file and when: on each printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Large and grey, above each page.
    pub watermark: String,
    /// Small, below each page, with the page's number.
    pub footer: String,
}

/// A sheet that is being written.
pub struct Sheet<'a> {
    inner: &'a mut Worksheet,
    looks: &'a [(Look, Format)],
    row: u32,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(inner: &'a mut Worksheet, looks: &'a [(Look, Format)]) -> Self {
        Self { inner, looks, row: 0 }
    }

    /// Writes the next row. Every value is a text, so a number keeps its digits and `=1+1` is not counted. Empty ones are left out.
    pub fn row<'b>(&mut self, cells: impl IntoIterator<Item = (&'b str, Look)>) -> Result<(), CannotWrite> {
        for (at, (text, look)) in (0_u16..).zip(cells) {
            let format = self.looks.iter().find(|(known, _)| *known == look).map(|(_, format)| format);
            match format {
                Some(format) if !text.is_empty() || look == Look::Wrong => {
                    self.inner.write_string_with_format(self.row, at, fitting(text), format)?;
                }
                _ => {}
            }
        }
        self.row += 1;
        Ok(())
    }

    /// How many rows there are so far.
    pub fn written(&self) -> u32 {
        self.row
    }

    /// What stands so far stays in sight, and on top of each printed page.
    pub fn freeze(&mut self) -> Result<(), CannotWrite> {
        self.inner.set_freeze_panes(self.row, 0)?;
        if let Some(last) = self.row.checked_sub(1) {
            self.inner.set_repeat_rows(last, last)?;
        }
        Ok(())
    }

    /// A drop-down list for a column (from 0) in the next `rows` rows. Other words are warned of and may stay: the import says what is
    /// wrong with them.
    pub fn choices(&mut self, column: u16, rows: u32, words: &[&str]) -> Result<(), CannotWrite> {
        let list = DataValidation::new()
            .allow_list_strings(words)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("请从列表里选")?
            .set_error_message("这一列请从下拉列表里选一个。")?;
        self.inner.add_data_validation(self.row, column, self.row + rows, column, &list)?;
        Ok(())
    }

    /// Who took it, on every printed page; printed across, as wide as one page.
    pub fn stamp(&mut self, stamp: &Stamp) {
        self.inner.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        // `&` begins a command in these texts.
        let plain = |text: &str| text.replace('&', "&&").chars().take(80).collect::<String>();
        self.inner.set_header(format!("&C&28&KBFBFBF{}", plain(&stamp.watermark)));
        self.inner.set_footer(format!("&L&9{}&R&9&P / &N", plain(&stamp.footer)));
    }
}

/// Excel takes 32,767 characters.
fn fitting(text: &str) -> String {
    text.chars().take(32_000).filter(|c| !c.is_control() || *c == '\n').collect()
}
