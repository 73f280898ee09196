//! 年报: how many there were on a day, as far as was known at a moment. The same question has the same answer for ever, whatever is
//! edited since; what was handed in is kept with its hash.

mod count;
pub(crate) mod entity;
mod freeze;
pub mod store;

pub use count::{Count, Counts, veterans};
pub use entity::Model as Snapshot;
pub use freeze::{Check, check, freeze};
pub(crate) use freeze::{list_gone, list_undone};
