//! How a listener behaves.

use std::time::Duration;

use dingtalk::stream::{CARD, ROBOT, Subscription};

use super::Backoff;

/// How a listener behaves. The defaults are those of the platform's own clients, where these agree.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many connections at a time; each message comes on one of them, at random. 2, so that one is there while the other is
    /// replaced.
    pub connections: usize,
    /// What to be told of: events, robot messages and card presses.
    pub subscriptions: Vec<Subscription>,
    /// Who we are, as `name-sdk-language/version`: `dingtalk-rs-sdk-rust/` and the version of this crate.
    pub ua: String,
    /// Our own address, for the platform's statistics.
    pub local_ip: Option<String>,
    /// How many messages are handled at a time, over all connections: 100. When all are busy, nothing more is read.
    pub handlers: usize,
    /// The most bytes of one message: 1 MiB. A larger one ends the connection.
    pub frame_cap: usize,
    /// After so much silence we ask whether the other side is there: 60 s.
    pub idle: Duration,
    /// How long that may stay unanswered: 10 s.
    pub pong: Duration,
    /// How long connecting may take, after the gateway has answered: 10 s.
    pub handshake: Duration,
    /// How long the other side may refuse to take what we write: 10 s.
    pub write: Duration,
    /// How long handlers may go on after the order to stop: 10 s.
    pub drain: Duration,
    /// The wait between attempts.
    pub backoff: Backoff,
    /// How many messages are known again when they come twice: 10 000.
    pub remembered: usize,
    /// For how long: 5 minutes.
    pub remembered_for: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections: 2,
            subscriptions: vec![
                Subscription::events(),
                Subscription::callback(ROBOT),
                Subscription::callback(CARD),
            ],
            ua: concat!("dingtalk-rs-sdk-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
            local_ip: None,
            handlers: 100,
            frame_cap: 1 << 20,
            idle: Duration::from_mins(1),
            pong: Duration::from_secs(10),
            handshake: Duration::from_secs(10),
            write: Duration::from_secs(10),
            drain: Duration::from_secs(10),
            backoff: Backoff::default(),
            remembered: 10_000,
            remembered_for: Duration::from_mins(5),
        }
    }
}
