//! The bot: few words, understood by rules, answered in plain sentences. It changes nothing that a page could not
//! change, and it never shows another person's data.

mod answer;
mod command;
mod handle;

pub use answer::{Answer, KIND, Reply};
pub use command::Command;
pub use handle::{Said, handle_in};
