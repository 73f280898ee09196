//! Writing for somebody who opens it.

mod locked;
mod paper;
mod sheet;

pub use locked::locked;
pub(crate) use paper::VERSION_SHEET;
pub use paper::{CannotWrite, Writer};
pub use sheet::{Look, Sheet, Stamp};
