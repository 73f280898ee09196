//! 导出: people in a worker's scope as a spreadsheet. A purpose is said, numbers are masked, and every file that is taken leaves a row in
//! the audit chain with its filter, its count and its hash. Many people, or numbers in full, need a second person. Who works for the party or a
//! corps takes out whom he sees in the roster, and of each the columns of that part.
//!
//! The columns are those of an import, so what is taken out can be sent in again. Elsewhere under the same name: `server/src/export`.

mod columns;
mod entity;
mod kinds;
pub(crate) mod members;
mod part;
mod seen;
pub mod store;

pub mod commands;

pub use columns::{COLUMNS, Shown};
pub use entity::{Filter, Model as Export};
pub use kinds::{Purpose, Status};
pub use seen::Seen;
