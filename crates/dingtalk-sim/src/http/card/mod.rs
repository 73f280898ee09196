//! Interactive cards as the app makes, hangs and changes them.

mod change;
mod create;
mod place;
mod table;

pub(super) use table::CALLS;
