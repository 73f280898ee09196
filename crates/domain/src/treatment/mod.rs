//! 待遇底线: a document says that whoever joined in a period has at least a level in a dimension. One worker writes it down and sees whom
//! it would raise, another approves, and only then are levels raised; nobody's is ever lowered.
//!
//! Treatment itself is a fact of `person::fact`, apart from post and rank.

pub mod commands;
pub(crate) mod entity;
pub(crate) mod raise;
mod simulate;
pub mod store;

pub use commands::{FloorError, FloorRefusal, NewFloor};
pub use entity::{FloorState, Model as TreatmentFloor};
pub use raise::Model as TreatmentRaise;
pub(crate) use simulate::period;
pub use simulate::{Raise, simulate};
