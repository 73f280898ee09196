//! 变更申请: birth, identity number, joining the work, treatment and bank account are not corrected by hand. One worker asks with a
//! document, another agrees; both see what it was and what it becomes, and since when.

mod apply;
pub mod commands;
pub(crate) mod entity;
mod field;
mod identity;
mod refusal;
pub mod store;

pub use commands::{Diff, NewChange};
pub use entity::{ChangeState, Model as PersonChange};
pub use field::{Field, Wanted};
pub use identity::{Disagreement, look};
pub use refusal::{ChangeError, ChangeRefusal};
