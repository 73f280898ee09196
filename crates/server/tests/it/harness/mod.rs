//! A server on free ports, an invented county in a fresh database, a tenant beside it; and browsers to look at it with.

mod browser;
mod house;
mod page;
mod running;
mod site;
mod stubborn;
mod town;

pub(crate) use browser::{Browser, client};
pub(crate) use house::{House, WORLD, by_stream};
pub(crate) use page::Page;
pub(crate) use running::Running;
pub(crate) use site::Site;
pub(crate) use stubborn::Stubborn;
pub(crate) use town::{newcomer, title};
