//! What somebody is found by: the characters of the names, how they sound, their initials; names of former times too. Names are stored
//! as the office writes them and are never folded into anything else.

pub(crate) mod entity;
mod grams;
pub mod search;
pub mod sound;
mod write;

pub use entity::Model as PersonName;
pub(crate) use grams::delete as forget;
pub use write::{add_former, ensure, index_characters, rename};

/// The tables that are made of the names, and different in each engine: whatever is called so.
pub const DERIVED: &str = "person_gram";

pub(crate) use write::{called, index_again, moved, write};
