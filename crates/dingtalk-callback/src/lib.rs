#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod crypto;
mod envelope;
mod fields;
mod random;
mod reply;
mod sealed;
mod signature;
mod text;

pub mod card;
pub mod event;
pub mod frame;
pub mod replay;
pub mod robot;
#[cfg(feature = "stream")]
pub mod stream;

pub use crypto::{BadKey, CannotOpen, Key, Plain};
pub use envelope::{BODY_CAP, Opened, Pushed, Query, Receiver, Refused, SuiteChecks, Unsealed};
pub use event::Event;
pub use reply::Reply;
pub use signature::{sign, verify};
