//! 联系方式: a number is no identity. Each has an owner, purposes and, once somebody has called it, a date of that.

pub mod commands;
pub(crate) mod entity;
pub mod store;

pub use commands::NewContact;
pub use entity::{Model as PersonContact, Owner, Purpose};
