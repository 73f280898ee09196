//! 定期复核: nobody who is helped again and again goes on without somebody asking, within the months that a row sets, whether it is still
//! right; and whoever was visited after a payment and found otherwise is asked about at once.

mod due;
mod row;

pub use due::{Due, due, due_on};
pub(in crate::aid) use row::{Column, Entity, why_cell};
pub use row::{Model as Review, Outcome};
