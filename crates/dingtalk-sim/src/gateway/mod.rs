//! Stream mode from the platform's side: tickets, the connections that were opened with them, and what goes out on which.

mod connect;
mod deliver;
mod frames;
mod lines;
mod run;
mod tickets;

pub(crate) use connect::connect;
pub(crate) use deliver::{callback, event, ping, robot};
pub use lines::Connection;
pub(crate) use lines::{Gateway, Order};
pub(crate) use run::run;
