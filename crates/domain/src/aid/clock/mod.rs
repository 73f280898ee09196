//! 时限: how many working days each step of a case took, how many the clock stood still, and when it is due.
//!
//! What runs is told from the log and the calendar each time; what has ended is written down once, so that a calendar that changes
//! later changes only what still runs.

mod kept;
mod report;
mod run;
#[cfg(test)]
mod tests;

pub use kept::Model as Kept;
pub(in crate::aid) use kept::{Column, Entity};
pub use report::{Late, Line, Report, report};
pub use run::{Clock, as_kept, clocks, replay};
