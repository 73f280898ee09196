//! 代办: somebody acts for a person, in stated matters, for a stated time, until either of them or the office ends it. A mandate in force is an
//! `account_link`; here is how it comes about, what is done under it, and that the person hears of all of it.

mod acted;
mod ask;
mod matter;

pub mod asks;
pub mod commands;
pub mod news;

pub use acted::{Model as ProxyAct, acts_for};
pub(crate) use acted::{Under, note};
pub use ask::{AskState, Model as MandateAsk};
pub use commands::{AskError, Wanted};
pub use matter::{Matter, Matters};
pub use news::MandateNews;
