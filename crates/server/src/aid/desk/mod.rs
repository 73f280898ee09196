//! At the desk: a request that a worker enters for somebody, there or without a network, and the paper form that becomes one.

mod asked;
mod blank;
mod carried;
mod entry;

pub(super) use blank::{find, form, print, print_for_person, print_for_unit};
pub(super) use carried::{bag, send};
pub(super) use entry::{enter, page};
