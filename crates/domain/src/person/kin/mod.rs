//! 家庭成员: dated relations, and who is left behind (遗属) after a death.

pub mod commands;
pub(crate) mod entity;
pub mod store;

pub use commands::NewKin;
pub use entity::{Ended, Model as PersonKin, Relationship};
