//! What the platform sends to the app: sealed events with their retries, and robot messages, once each.

mod card;
mod deliver;
mod queue;
mod robot;
mod run;

pub(crate) use card::press;
pub(crate) use deliver::{check_url, deliver};
pub(crate) use queue::Queue;
pub(crate) use robot::say;
pub(crate) use run::run;
