//! 办理期限: how many working days each step of a case may take, by place and from a day on, with the document that says so.

mod force;
mod limit;
mod row;

pub mod reference;

pub use force::{InForce, Limits, fits, in_force};
pub use limit::Limit;
pub use row::Model as Procedure;
pub(in crate::aid) use row::{Column, Entity};
