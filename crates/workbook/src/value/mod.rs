//! Values as clerks write them.

mod cell;
mod date;
mod number;
mod text;

pub use cell::{Cell, Mistake};
pub use date::{Known, Precision, when};
pub use number::digits;
pub(crate) use number::{days_of, plain};
pub use text::tidy;
