//! Files as people and their devices make them, and as nobody should.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test panics")]

mod blackened;
mod corpus;
mod hostile;
mod made;
mod papers;
mod photographs;
