//! The reminders: the evening before, the morning's digest, and the bot; then whatever may be in the way.

mod bot;
mod digest;
mod evening;
mod quiet;
mod twice;
mod unwanted;

pub(crate) use evening::{EVE, MEMBERS};
