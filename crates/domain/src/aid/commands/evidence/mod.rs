//! Papers of a request and of a case: they come, are looked at, are blacked out, are marked. What is read of a file beforehand, and
//! the blacking out, is the caller's (crate `attachment`); here is who may, what is written down, and that bytes and rows agree.

mod adding;
mod looking;
mod marking;

pub(in crate::aid) use adding::added;
pub use adding::{NewPaper, add, add_to_draft, add_to_own_case, refused, take_back, takes};
pub use looking::{list, list_for_approver, open, open_for_approver, own_small, seen_by_approver, small};
pub use marking::{mark, redact};
