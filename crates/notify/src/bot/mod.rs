//! The bot: few words, understood by rules, answered in plain sentences. It changes nothing that a page could not
//! change, and it never shows another person's data.

mod command;
pub use command::Command;
