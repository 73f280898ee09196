//! 回避申报: who says that somebody is a relative of his, or close otherwise. Such a relation bars him from every step of that person's
//! matters. Once a year everybody at the desk says that he has declared what there is.
//!
//! Elsewhere under the same name: `server/src/declaration`.

pub(crate) mod campaign;
pub(crate) mod entity;
pub(crate) mod yearly;

pub mod store;

pub mod commands;

pub use campaign::Model as Campaign;
pub use entity::{Model as DeclaredRelation, RelationKind};
pub use store::Line;
pub use yearly::Model as Declaration;
