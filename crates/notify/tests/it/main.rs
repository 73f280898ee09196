//! The dispatcher against the simulator and real databases, with a clock that the tests turn.
//!
//! The ordinary sizes take seconds. `YINLING_FULL=1` takes the sizes of docs/reliability.md.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test panics")]

mod fault;
mod ladder;
mod outage;
mod post;
mod proof;
mod quota;
mod rate;
mod schedule;
mod stopping;

/// A size of the ordinary test, or the full one.
fn size(ordinary: usize, full: usize) -> usize {
    if std::env::var_os("YINLING_FULL").is_some() { full } else { ordinary }
}
