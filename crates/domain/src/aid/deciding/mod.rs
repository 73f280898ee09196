//! 待审任务: whom the platform asks to decide about a round, the card that tells him, and his decision on our page. The platform stays the
//! place of the decision: what is pressed here is executed there, in the name of the one whose task it is, and comes back like any other.
//!
//! Elsewhere: `server/src/console/task.rs` (the page), `notify/src/dispatch/cards.rs` (cards and decisions go out),
//! `server/src/callback/press.rs` (somebody presses a card).

mod entity;

pub mod commands;
pub mod store;

pub(crate) use entity::remark_cell;
pub use entity::{Model as ApproverTask, TaskOutcome, TaskState, Wish};
