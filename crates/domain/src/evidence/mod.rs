//! 材料: photographs and papers that people send, with what is known of each: whose word it supports, what it is, when it was taken,
//! by whom it was sent, and the hashes of what came and of what is kept.
//!
//! The bytes are no rows: [`Files`] keeps them, sealed, under names that say nothing. An object comes first and its row second, so no
//! row ever points to nothing; what came and got no row is [swept](sweep::sweep). Which commands there are stands with those whose
//! papers they are: `aid::commands::evidence`, `account::mandate`.

mod coming;
pub(crate) mod entity;
mod error;
mod files;
mod item;
pub(crate) mod keep;
pub mod mandate;
mod sealing;
mod sent;
pub mod store;
pub mod sweep;

pub use coming::Model as Coming;
pub use entity::{Model as Evidence, Source, State};
pub use error::{EvidenceError, Refusal};
pub use files::{CannotKeep, Files};
pub use item::Item;
pub use sealing::Part;
pub(crate) use sent::sha256;
pub use sent::{MOST, Sent};
