//! 定期复核: nobody whose help has not ended goes on without somebody asking, within the months that a row sets, whether it is still
//! right, also when his cases were closed in between; and whoever was visited after a payment and found otherwise is asked about at once.
//! What was found and said before is shown beside his next request.

mod before;
mod due;
mod row;

pub use before::{Before, Said, before};
pub use due::{Due, History, due, due_on};
pub(in crate::aid) use row::{Column, Entity, why_cell};
pub use row::{Model as Review, Outcome};
