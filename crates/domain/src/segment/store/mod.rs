//! Every query of this feature.

mod count;
pub mod member;
pub mod run;
mod saved;
pub(in crate::segment) mod scoped;

pub use count::counts;
pub(super) use count::tally;
pub(super) use saved::{end, insert, insert_version, locked};
pub use saved::{find, segments, versions};
pub use scoped::MOST;
