//! 审批对账: the platform's approval instances held against our rounds, over a window of time. What agrees is counted; what came late is
//! caught up; what contradicts, and what nobody here asked for, is a row that a clerk explains.
//!
//! Elsewhere: `server/src/jobs/reconcile.rs` (asks the platform), `server/src/console/approvals.rs` (shows).

pub mod day;
mod entity;
mod judge;

pub mod reach;
pub mod store;

pub mod commands;

pub use entity::{
    check::Model as Check,
    finding::{Model as Finding, Outcome, Why},
};
pub use judge::{Explained, Stands};
