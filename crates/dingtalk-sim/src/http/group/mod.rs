//! Groups as the app makes, reads and changes them.

mod plain;
mod scene;
mod table;

pub(super) use table::CALLS;
