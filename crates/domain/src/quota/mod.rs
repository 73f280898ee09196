//! How much may be sent, and how fast. The platform counts calls and pushes by the month and refuses beyond its quota; it
//! throttles who speaks too fast; and sometimes it is away. All of it is kept in rows, so that any number of servers share
//! one budget, one rate and one pause.
//!
//! In reading order: the pure rules (`budget.rs`), the meter of the month (`meter.rs`), the rate (`rate.rs`), the pause
//! (`pause.rs`), and the question that puts them together right before a call (`admit.rs`).

mod budget;
mod limits;

mod entity;
mod store;

mod meter;
mod pause;
mod rate;

mod admit;

pub use admit::{Admission, admit, last_lane};
pub use budget::{Budget, Level, Used, last_that_may_go, level, may_go};
pub use limits::{Limits, Rate, Via};
pub use meter::{
    Figures, count_call, count_delivery, deliveries_refused, figures, month, not_counted, refused, works,
};
pub use pause::{failed, is_in_doubt, next_try, recovered};
pub use rate::take;
