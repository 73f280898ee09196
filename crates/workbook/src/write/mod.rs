//! Writing for somebody who opens it.

mod paper;
mod sheet;

pub(crate) use paper::VERSION_SHEET;
pub use paper::{CannotWrite, Writer};
pub use sheet::{Look, Sheet, Stamp};
