//! Signing in (签到): one effective row per person and meeting, by whatever way and however often.

mod agenda;
pub(crate) mod entity;
mod roster;
mod sign_in;
pub mod store;
mod window;

pub use agenda::{Entry, Target, agenda, target};
pub use entity::{AttendanceState, Method, Model as Attendance};
pub use roster::{RosterLine, Tally, roster, who_is_missing};
pub use sign_in::{Door, ROLL_CALL_WITHIN, SignIn, Undone, roll_call, sign_in, sign_in_in, undo};
pub use window::{CLOSES_AFTER, OPENS_BEFORE, Window};
