#![doc = include_str!("../README.md")]

mod acceptor;
pub mod backoff;
mod depth;
mod entity;
mod error;
mod hold;
mod id;
pub mod inbox;
mod insert;
mod lane;
mod lease;
pub mod outbox;
mod point;
mod stop;
mod sweep;
pub mod transaction;
pub mod turn;

pub use acceptor::{AcceptError, Acceptor};
pub use depth::Depth;
pub use entity::State;
pub use error::Error;
pub use hold::Hold;
pub use lane::Lane;
pub use lease::After;
pub use point::{point, points_from_environment};
pub use stop::Stop;
pub use sweep::Which;
