//! Papers of a request: what is wanted, what was sent, one thing a page; before the request is sent, and after.

mod list;
mod one;
mod sending;
mod whereto;

pub(super) use list::{of_case, of_draft, picture};
pub(super) use one::{case_form, draft_form};
pub(super) use sending::{case_submit, draft_submit, take_back};
