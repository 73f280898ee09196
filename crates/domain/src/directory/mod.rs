//! The platform's directory, walked through: who and which departments are there, compared with our rows. A walk that would take away
//! many logins at once stops and asks; every walk leaves its differences as rows.
//!
//! Departments are known by their id, so what hangs on one stays when it is renamed or moved.
//!
//! Elsewhere under the same name: `server/src/jobs/directory.rs` (walks), `server/src/console/directory.rs` (shows and asks).

mod change;
mod entity;
mod picture;

mod diff;
mod rail;

mod apply;
pub mod store;

pub mod commands;

pub use change::{Change, Kind};
pub use diff::diff;
pub use entity::{
    change::Model as Row,
    run::{Model as Run, State},
};
pub use picture::{Department, Directory, Entry};
pub use rail::Rail;
