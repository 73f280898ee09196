//! Calendars as the app reads and changes them.

mod calls;
mod event;
mod people;
mod write;

pub(super) use calls::CALLS;
