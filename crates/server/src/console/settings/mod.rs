//! 分类规定: what is in force of each category besides its standard, with the row and the document that say so; written by one, agreed
//! to by another.

mod list;
mod new;
mod one;
mod read;
mod row;
mod words;

pub(super) use list::page;
pub(super) use new::{form, submit};
pub(super) use one::one;
pub(super) use row::{act, shown};
