//! 帮扶类别: which there are in a place on a day, what they are called and whether they may be asked for, with the row and the document
//! that say so; written by one, agreed to by another.

mod choose;
mod list;
mod new;
mod one;
mod row;

pub(super) use choose::{known, one_of};
pub(super) use list::page;
pub(super) use new::{form, submit};
pub(super) use one::one;
pub(super) use row::{act, shown};
