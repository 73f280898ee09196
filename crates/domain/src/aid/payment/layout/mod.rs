//! 银行文件格式: how a bank wants the file of a batch, and how it answers. A layout is dated data with a source, never code:
//! `docs/bank-files.md` says how one is written down.

mod check;
mod read;
pub(crate) mod row;
mod shape;
mod write;

pub use check::Misfit;
pub use read::{MOST_LINES, ReadLine, Said, Unreadable, Word, read};
pub use row::{Model as BankLayout, plain, sample};
pub use shape::{
    Amounts, Back, Column, Control, Dates, Encoding, Field, Layout, LineEnd, Out, Part, Separator,
};
pub use write::{Paper, plain_field, write};
