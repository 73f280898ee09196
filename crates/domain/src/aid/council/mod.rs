//! 集体研究: several decide together whether a case goes to the approver. Who is close to the person has no part in it.

mod count;

pub(in crate::aid) mod row;
pub(in crate::aid) mod vote;

pub use count::{Tally, tally};
pub use row::Model as Council;
pub use vote::{Model as CouncilVote, Vote};
