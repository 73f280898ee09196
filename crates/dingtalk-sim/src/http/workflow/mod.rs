//! Approvals as the app makes, reads and changes them.

mod create;
mod detail;
mod file;
mod forecast;
mod form;
mod instance;
mod schema;
mod table;
mod task;

pub(super) use table::CALLS;
