//! A phone frame: one loopback port that is the webview of whoever holds the phone. It passes pages of the app
//! through, keeps the cookies to itself, and answers the bridge script as the container would.

mod bridge;
mod frame;
mod jar;
mod pages;
mod port;
mod proxy;
mod rewrite;
mod serve;

pub(crate) use frame::{Frame, Frames};
pub(crate) use serve::serve;
