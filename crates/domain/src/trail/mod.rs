//! 审计: who looked at whom, who did what, and whether the chain that says so still holds. The chain itself is crate `audit`; here is what
//! the office asks of it. Reading the trail leaves a trail.
//!
//! Elsewhere under the same name: `server/src/trail`.

mod configured;
mod said;
mod seen;
mod within;
mod words;

mod check;
pub mod checks;

pub mod letters;
pub mod telling;
pub mod unmasking;

pub mod read;

pub use check::Model as Check;
pub use configured::configured;
pub use said::{LOOKS, action, bureau, look, purpose};
pub use seen::{Found, Seen, found, seen, seen_all};
pub use words::actions;
