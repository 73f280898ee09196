//! What stops money from going twice, besides the rule of one live case of a person in a category (`uq_aid_case_live`) and of once a year:
//! the most that a household gets in a year, help that is declared elsewhere and that somebody must have looked into, and what comes near
//! to either.

pub(crate) mod elsewhere;
mod near;

pub use elsewhere::{LONGEST, Model as ElsewhereNote, of_other_schemes};
pub use near::{Near, NearMiss, near_misses};
