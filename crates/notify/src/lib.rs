//! What is said, to whom and how: every sentence, the bot, the reminder plans' times, and the one sender that talks to
//! DingTalk. Decides nothing that is a rule of the bureau: those are in `domain`.

pub mod message;
pub mod words;

pub mod bot;
mod plans;
pub mod scheduler;
pub mod sms;

pub mod pace;

mod address;
mod compose;
mod secrecy;
mod settings;

pub mod dispatch;

pub use address::user;
pub use dispatch::Dispatcher;
pub use settings::{ApprovalCard, Settings};
