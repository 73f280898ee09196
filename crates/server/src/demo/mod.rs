//! The demo: a simulated DingTalk tenant and the server in one process, on loopback, with an invented county. The server's clock follows
//! the tenant's, so that an evening passes by a button.

mod links;
mod run;
mod styleguide;

pub(crate) use run::{Wanted, run};
pub(crate) use styleguide::routes;
