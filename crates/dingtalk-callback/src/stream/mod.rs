//! Stream mode: connections that we open and the platform sends on. Needs only outbound TLS, to the API's host and to the one that the
//! gateway names.
//!
//! [`Listener::run`] holds several connections and replaces each when it ends. Every message goes to one [`Handler`], which says what
//! became of it; only what is [`Outcome::Taken`](crate::frame::Outcome::Taken) is acknowledged as taken. Pages:
//! [Stream 模式概述](https://opensource.dingtalk.com/developerpedia/docs/learn/stream/overview),
//! [配置Stream推送](https://open.dingtalk.com/document/development/configure-stream-push).

mod backoff;
mod connect;
mod connection;
mod handler;
mod health;
mod listener;
mod open;
mod settings;
mod surroundings;
mod work;

pub use backoff::Backoff;
pub use connect::NoSocket;
pub use handler::Handler;
pub use health::{Health, Problem, Report};
pub use listener::Listener;
pub use open::{NotOpen, try_out};
pub use settings::Settings;
pub use surroundings::{Machine, Pause, Surroundings};
