//! 钉钉审批记录: what the platform's own record of a round says, kept beside our log of the case. Who agreed, refused, passed a task on or
//! added somebody there has played a part in the case; a comment is none. What people wrote is sealed.
//!
//! Elsewhere: `server/src/callback/history.rs` (reads the platform's words), `server/src/console/history.rs` (shows).

mod entity;
mod same;

pub mod commands;
pub mod store;

pub use entity::{
    entry::{Did, Model as Entry},
    file::Model as EntryFile,
};
pub use same::beside;
