//! Party branches (银领先锋): who belongs to one, who holds its posts, its meetings and who came, and what it owes by
//! the 支部工作条例 in this month, quarter and year.
//!
//! Elsewhere under the same name: `server/src/branch`, `notify/src/words/branch.rs`.

pub(crate) mod entity;
pub(crate) mod membership;
pub(crate) mod post;
mod refusal;
pub mod store;

pub mod commands;
pub(crate) mod death;
pub mod officer;
pub mod transfer;

pub mod obligation;

pub mod meeting;

pub mod attendance;

mod duties;

pub use attendance::{
    Attendance, AttendanceState, Door, Entry, Method, RosterLine, SignIn, Tally, Target, Undone, Window,
};
pub use duties::{Digest, Expected, digest, held_this_year, owed};
pub use entity::Model as Branch;
pub use meeting::{Meeting, MeetingClaim, MeetingStatus, NewMeeting};
pub use membership::{Ended, MembershipKind, Model as Membership};
pub use obligation::{Cycle, Held, Missing, Obligation, ObligationRule, Period, Shape};
pub use post::{Model as BranchPost, PostKind};
pub use refusal::{BranchError, Refusal};
