//! 合并: two records of one human being. One worker proposes, another agrees; everything that pointed to the merged record points to the
//! kept one, and goes back when somebody undoes it. The merged record itself stays as it is.

pub mod commands;
pub(crate) mod entity;
mod moving;
mod references;
pub mod store;

pub use commands::{MergeError, MergeRefusal};
pub use entity::{MergeState, Model as PersonMerge};
pub(crate) use moving::numbered;
pub use references::{MOVED, STAYS};
