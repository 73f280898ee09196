//! Calendars as the app reads and changes them.

mod event;
mod people;
mod recurrence;
mod table;
mod write;

pub(super) use table::CALLS;
