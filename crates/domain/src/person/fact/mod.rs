//! 事实: what is known of a person, dated twice. `from_on` to `to_on` is when it was so, `recorded_at` to `superseded_at` is
//! when we said so; a later edit supersedes a row and never changes it, so what was answered once can be answered again.
//!
//! Roles, places, treatment, posts: adding one makes no second person, ending one keeps its history.

mod kind;
mod value;
mod visible;

pub(crate) mod entity;
pub mod store;

mod begin;
pub mod commands;
pub mod transfer;

pub use begin::{FactError, FactRefusal};
pub(crate) use begin::{
    at_registration, begin_again, correct, end_at_death, has_room, put, redate, retract, row,
};
pub(crate) use commands::{may_be_veteran, say};
pub use entity::Model as PersonFact;
pub use kind::{FactKind, Shape};
pub use value::{LONG_AGO, Level, NewFact, Value};
pub use visible::visible;
