//! 同意书: for what a person's data may be used beyond the office's own duties, said by the person, dated, and taken back at any moment. What
//! counts is the last line; the lines before stay.
//!
//! Elsewhere under the same name: `server/src/consent`.

mod entity;
mod purpose;

pub mod commands;
pub mod store;

pub use entity::Model as Consent;
pub use purpose::{How, Purpose};
pub use store::holds;
