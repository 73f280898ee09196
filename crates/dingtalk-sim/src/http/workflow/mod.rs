//! Approvals as the app makes, reads and changes them.

mod calls;
mod create;
mod detail;
mod file;
mod forecast;
mod form;
mod instance;
mod schema;
mod task;

pub(super) use calls::CALLS;
pub(super) use create::create;
pub(super) use detail::detail;
pub(super) use instance::{list_ids, terminate};
