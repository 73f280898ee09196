//! Meetings of a branch: planned, held or cancelled, and which obligations they answer.

pub(crate) mod claim;
pub(crate) mod entity;
mod plan;
pub mod store;

pub use claim::Model as MeetingClaim;
pub use entity::{MeetingStatus, Model as Meeting};
pub(in crate::branch) use plan::of_secretary;
pub use plan::{NewMeeting, WRITE_DOWN_WITHIN, cancel, conclude, plan, plan_in};
