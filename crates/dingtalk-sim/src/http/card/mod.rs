//! Interactive cards as the app makes, hangs and changes them.

mod calls;
mod change;
mod create;
mod place;

pub(super) use calls::CALLS;
