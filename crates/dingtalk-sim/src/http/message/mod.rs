//! Everything the app says, and the files it says it with.

mod ding;
mod group;
mod media;
mod notice;
mod robot;
mod table;

pub(super) use table::CALLS;
