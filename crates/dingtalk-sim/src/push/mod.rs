//! What the platform sends to the app: sealed events with their retries, and robot messages, once each.

mod card;
mod deliver;
mod file;
mod queue;
mod robot;
mod run;

pub(crate) use card::press;
pub(crate) use deliver::{check_url, deliver};
pub use file::SentFile;
pub(crate) use queue::Queue;
pub(crate) use robot::{say, say_in_group, send_file};
pub(crate) use run::run;
