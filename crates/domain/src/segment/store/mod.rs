//! Every query of this feature.

pub mod member;
pub mod run;
mod saved;

pub(super) use saved::{end, insert, insert_version, locked};
pub use saved::{find, segments, versions};
