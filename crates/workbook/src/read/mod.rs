//! Reading what somebody sent.

mod xml;

mod package;

mod strings;
mod styles;

mod parts;
mod walker;

mod book;
mod rows;

pub use book::{SheetName, Workbook};
pub use rows::{Row, Rows};
