//! What must be said, to whom, as it stands in the outbox: the union of every feature's letters. The payload
//! has ids only; the words are `notify`'s, who reads the rows again when the letter is sent.
//!
//! A feature adds one variant to [`Letter`] and one arm to [`Letter::stamp`].

mod letter;
pub mod stamp;

pub use letter::{Letter, UNHEARD, post, via};
pub use stamp::{Lane, Stamp};
