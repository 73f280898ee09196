//! 身后事项: what a death leaves to do, as rows: the funeral, what is due to the family, looking after those left behind, and money that
//! went out before anybody said so.

pub mod commands;
pub(crate) mod entity;
mod open;
pub mod store;

pub use entity::{Model as DeathTask, TaskKind};
pub(crate) use open::open;
