//! 更正和删除: what somebody asks about the own record, and what the office answers. What must be kept by law is kept, and the answer says
//! which rule it is.

mod entity;

pub mod commands;
pub mod store;

pub use entity::{Answer, Kind, Model as Wish};
