//! 重复: is this the same human being as somebody who has a record already? An identity number says so for certain; everything else
//! is a score with its reasons, for a human to judge. Nothing merges by itself.

pub mod commands;
pub(crate) mod entity;
mod look;
pub mod score;
pub mod store;

pub use entity::{DoubleState, Model as PersonDouble, Reasons};
pub use look::{Candidate, Existing, existing, known, look};
pub use score::{LIKELY, Reason, Side};
