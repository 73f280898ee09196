//! 导入: a spreadsheet becomes rows of people. A file is sent, every row is looked at and nothing is written (预检); a worker says what
//! shall be done; a second person agrees; one job does it, some hundred rows at a time, however often a server dies; for seven days it
//! can be taken back as far as nobody changed anything since.
//!
//! Columns and what they mean are one table: [`fields`]. Elsewhere under the same name: `server/src/intake`.

pub mod fields;
mod problem;
mod record;

mod counts;
mod kinds;

pub(crate) mod entity;
pub(crate) mod line;
pub(crate) mod outcome;
pub mod store;

mod apply;
mod judge;
mod look;
mod lookup;
mod protected;

pub mod commands;
pub mod preview;
pub mod receive;

mod amend;
mod check;
mod undo;
mod write;

pub mod job;

pub use counts::Counts;
pub use entity::{Layout, Model as Intake};
pub use fields::{COLUMNS, Field, TEMPLATE};
pub use kinds::{Effect, LineKind, Mode, Repeated, Status, Verdict};
pub use line::Model as Line;
pub use outcome::Model as Outcome;
pub use problem::{Problem, Wrong};
pub use record::Record;
