//! What travels in Stream mode, as pure functions: a text becomes a [`Frame`], a frame a [`Delivery`], and what became of it an
//! [`Ack`]. The connection is in the module `stream`, behind the feature of that name. Page:
//! [Stream 模式协议](https://opensource.dingtalk.com/developerpedia/docs/learn/stream/protocol).

mod ack;
mod delivery;
mod outcome;
mod text;

pub use ack::Ack;
pub use delivery::{Callback, Delivery, Message};
pub use outcome::Outcome;
pub use text::{Frame, FrameKind, Headers, NotAFrame};
