//! The listener of Stream mode without its row: frames are read, understood and acknowledged. `tests/load` measures it beside the whole
//! server. Usage: `frames http://127.0.0.1:PORT`; it listens until it is killed.

use anyhow::Context as _;
use chrono::Utc;
use dingtalk::{AgentId, Client, Config, Hosts};
use dingtalk_callback::{
    frame::{Message, Outcome},
    stream::{Listener, Machine, Settings},
};

/// As in the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let gateway = std::env::args().nth(1).context("usage: frames http://127.0.0.1:PORT")?;
    let hosts = Hosts::both(gateway.parse()?);
    let config = Config::new(hosts, "dingloadcorp", "dingloadapp", "load", AgentId(1))?;
    #[expect(clippy::disallowed_methods, reason = "there is no clock but the machine's")]
    let clock = || Utc::now();
    let client = Client::new(config, clock)?;
    let take = |_: Message| std::future::ready(Outcome::Taken);
    Listener::new(client, Settings::default(), take, Machine::with_clock(clock))
        .run(std::future::pending())
        .await;
    Ok(())
}
