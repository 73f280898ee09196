//! `dingtalk-sim world.toml`: a tenant to develop against, with a console in the browser.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use dingtalk_sim::{Limits, Options, Tenant, Tls, World};

/// A DingTalk tenant in a process.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The world file: who is in the tenant, and where the app listens.
    world: PathBuf,
    /// Where both of the platform's hosts, the control API and the console are served.
    #[arg(long, default_value = "127.0.0.1:18080")]
    listen: SocketAddr,
    /// Keep the tenant's state in this file between runs.
    #[arg(long)]
    state: Option<PathBuf>,
    /// Serve encrypted, with this certificate and this key, both in PEM.
    #[arg(long, num_args = 2, value_names = ["CERTIFICATE", "KEY"])]
    tls: Option<Vec<PathBuf>>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_ansi(std::io::stdout().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_unset| "info,actix_server=warn".into()),
        )
        .init();
    let arguments = Arguments::parse();
    let world = World::read(&arguments.world)?;
    if world.limits == Limits::default() {
        tracing::info!(
            "the world file has no [limits]: calls are counted, and none is refused for being too many"
        );
    }
    let tls = match arguments.tls.unwrap_or_default().as_slice() {
        [certificate, key] => Some(Tls { certificate: certificate.clone(), key: key.clone() }),
        _ => None,
    };
    let options = Options { listen: arguments.listen, state_file: arguments.state, tls };
    let tenant = Tenant::start(world, options).await.context("the tenant does not start")?;
    tracing::info!("the console is at {}/", tenant.base_url());
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
    tenant.stop().await;
    Ok(())
}
