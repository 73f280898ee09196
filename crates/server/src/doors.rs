//! The addresses of a server. They are taken before anything else is done, so that one that is in use is the first thing heard of.

use std::net::{SocketAddr, TcpListener};

use anyhow::Context as _;

use crate::config::Config;

/// Bound, and not listened to yet: whoever knocks waits.
#[derive(Debug)]
pub struct Doors {
    pub(crate) web: TcpListener,
    pub(crate) private: TcpListener,
}

impl Doors {
    /// Takes both addresses of the configuration.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        Ok(Self {
            web: bind("web.listen", config.web.listen)?,
            private: bind("private.listen", config.private.listen)?,
        })
    }
}

fn bind(key: &str, address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .with_context(|| format!("{key}: {address} cannot be bound; is something else running there?"))
}
