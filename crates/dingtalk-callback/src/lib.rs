#![doc = include_str!("../README.md")]

mod crypto;
mod envelope;
mod fields;
mod random;
mod reply;
mod signature;

pub mod event;
pub mod robot;

pub use crypto::{BadKey, CannotOpen, Key, Plain};
pub use envelope::{Opened, Pushed, Query, Receiver, Refused};
pub use event::Event;
pub use reply::Reply;
pub use signature::{sign, verify};
