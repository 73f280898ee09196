#![doc = include_str!("../README.md")]

mod limits;
mod refusal;

mod column;
mod value;

mod read;
mod write;

pub use column::{Column, Columns, Header};
pub use limits::Limits;
pub use read::{Row, Rows, SheetName, Workbook};
pub use refusal::Refusal;
pub use value::{Cell, Known, Mistake, Precision, digits, tidy, when};
pub use write::{CannotWrite, Look, Sheet, Stamp, Writer, locked};
