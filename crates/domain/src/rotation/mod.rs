//! Another key, while everything runs: what is sealed with an older key is opened and sealed anew, some rows at a time, and the index by
//! which it is found is made anew with it. Where it has come to is a row, written with each batch.

mod batch;
mod place;
mod progress;

pub mod usage;

pub use batch::{RotationError, Step, step};
pub use place::tables;
pub(crate) use place::{cells, is_passing};
pub use progress::{Model as Rotation, find, is_under_way};
