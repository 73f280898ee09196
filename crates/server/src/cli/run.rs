//! Running a command: 0 is well, 1 is not, 2 is a wrong command line or configuration.

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::Parser;
use secrecy::ExposeSecret;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    aid,
    aid_arguments::{AidCommand, LayoutCommand},
    arguments::{
        Arguments, AuditCommand, Command, ConfigCommand, DirectoryCommand, ManifestCommand, PortableCommand,
        RotationCommand, Source,
    },
    audit, bank_layout, directory, doctor, grant,
    ledger::{self, LedgerCommand},
    manifest, portable,
    retention::{self, RetentionCommand},
    rotation, second_factor, tree,
};
use crate::{
    alone::alone,
    app::{self, App},
    clock::Clock,
    config::{self, ConfigError, Loaded, Log},
    doors::Doors,
    keys,
    serve::Server,
    terminal::{complain, say},
    trail,
};

/// Reads the command line and does what it says.
pub async fn run() -> ExitCode {
    // The only provider in the tree; a second call would be an error that does not matter.
    let _ = rustls::crypto::ring::default_provider().install_default();
    mailbox::points_from_environment();
    match command(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            complain(format!("{error:#}"));
            if error.is::<ConfigError>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

async fn command(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(source) => serve(source).await?,
        #[cfg(feature = "demo")]
        Command::Demo(demo) => {
            let size = match demo.seed.as_str() {
                "tiny" => domain::seed::Size::Tiny,
                "county" => domain::seed::Size::County,
                "province" => domain::seed::Size::Province,
                other => anyhow::bail!("--seed {other}: say tiny, county or province"),
            };
            let super::arguments::Demo { data, fresh, port, begins, .. } = demo;
            let wanted = crate::demo::Wanted { data, fresh, size, port, begins };
            crate::demo::run(wanted, stopped()).await?;
        }
        Command::Migrate { source, dry_run } => migrate(source, dry_run).await?,
        Command::Config { what: ConfigCommand::Check(source) } => {
            let missing = config::missing(&load(&source)?);
            if !missing.is_empty() {
                missing.iter().for_each(complain);
                return Ok(ExitCode::from(2));
            }
            say("the configuration can be used");
        }
        Command::Config { what: ConfigCommand::Show(source) } => {
            config::show(&load(&source)?).iter().for_each(say);
        }
        Command::Doctor { source, json, free, anchors } => {
            return doctor::run(&load(&source)?.config, (json, free), &anchors).await;
        }
        Command::Manifest { what: ManifestCommand::Check { source, json } } => {
            return manifest::check(&load(&source)?.config, json).await;
        }
        Command::Manifest { what: ManifestCommand::Apply(source) } => {
            return manifest::make(&load(&source)?.config).await;
        }
        Command::Healthcheck(source) => return healthcheck(source).await,
        Command::Audit { what } => return audit(what).await,
        Command::Retention { what } => return retention(what).await,
        Command::Rotation { what: RotationCommand::Status(source) } => {
            return rotation::status(&load(&source)?.config).await;
        }
        Command::Rotation { what: RotationCommand::Run(source) } => {
            return rotation::run(&load(&source)?.config).await;
        }
        Command::Aid { what: AidCommand::Prove { source, case, out } } => {
            return aid::prove(&load(&source)?.config, &case, out.as_deref()).await;
        }
        Command::Aid { what: AidCommand::Verify { bundle, key } } => return aid::verify(&bundle, &key),
        Command::Aid { what: AidCommand::Key(source) } => {
            say(keys::signer(&load(&source)?.config.keys)?.public_key());
        }
        Command::Aid { what: AidCommand::Layout { what: LayoutCommand::Add { source, file } } } => {
            bank_layout::add(&load(&source)?.config, &file).await?;
        }
        Command::Aid { what: AidCommand::Layout { what: LayoutCommand::List(source) } } => {
            bank_layout::list(&load(&source)?.config).await?;
        }
        Command::Ledger { what: LedgerCommand::Balance { source, at } } => {
            return ledger::balance(&load(&source)?.config, at).await;
        }
        Command::Ledger { what: LedgerCommand::Freeze { source, year, region } } => {
            return ledger::freeze(&load(&source)?.config, year, &region).await;
        }
        Command::Ledger { what: LedgerCommand::Carry { source, year, region } } => {
            return ledger::carry(&load(&source)?.config, year, &region).await;
        }
        Command::Directory { what: DirectoryCommand::Sync { source, dry_run } } => {
            return directory::sync(load(&source)?.config, dry_run).await;
        }
        Command::Tree { what } => {
            let config = load(what.source())?.config;
            return tree::run(config, what).await;
        }
        Command::Portable { what: PortableCommand::Export { source, file } } => {
            portable::export(&load(&source)?.config, &file).await?;
        }
        Command::Portable { what: PortableCommand::Import { source, file } } => {
            portable::import(&load(&source)?.config, &file).await?;
        }
        Command::Grant { source, userid, role, region } => {
            grant::grant(load(&source)?.config, &userid, &role, &region).await?;
        }
        Command::ResetSecondFactor { source, userid } => {
            second_factor::reset(load(&source)?.config, &userid).await?;
        }
        Command::Keys { folder } => say(keys::to_toml(&keys::generate(&folder)?).trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

async fn retention(what: RetentionCommand) -> anyhow::Result<ExitCode> {
    match what {
        RetentionCommand::Propose { source, dry_run } => {
            retention::propose(&load(&source)?.config, dry_run).await
        }
        RetentionCommand::Show(source) => retention::show(&load(&source)?.config).await,
        RetentionCommand::Run { source, dry_run } => retention::run(&load(&source)?.config, dry_run).await,
        RetentionCommand::Check { source, register, dry_run } => {
            retention::check(&load(&source)?.config, register, dry_run).await
        }
    }
}

async fn audit(what: AuditCommand) -> anyhow::Result<ExitCode> {
    match what {
        AuditCommand::Verify { source, from, anchors, folder } => {
            audit::verify(&load(&source)?.config, from, anchors, folder).await
        }
        AuditCommand::Export { source, out, subjects, actor, actions, since, until } => {
            let asked = audit::Wanted { subjects, actor, actions, since, until };
            audit::export(&load(&source)?.config, asked, &out).await
        }
        AuditCommand::Check { file, key, chain_key } => audit::check(&file, &key, chain_key.as_deref()),
    }
}

fn load(source: &Source) -> anyhow::Result<Loaded> {
    let flags: Vec<(String, String)> = source
        .set
        .iter()
        .map(|pair| {
            let (key, value) =
                pair.split_once('=').with_context(|| format!("--set {pair}: say KEY=VALUE"))?;
            Ok((key.to_owned(), value.to_owned()))
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(config::load(source.config.as_deref(), &flags)?)
}

/// Logs to standard error. A second call changes nothing.
pub(crate) fn log(config: &Log) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.level)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if config.format == "json" { builder.json().try_init() } else { builder.try_init() };
}

/// Resolves when the process is told to stop.
async fn stopped() {
    let (Ok(mut term), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        // Without signals the process ends by being killed; nothing to wait for.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
}

async fn serve(source: Source) -> anyhow::Result<()> {
    let loaded = load(&source)?;
    let config = loaded.config.clone();
    log(&config.log);
    let alone = alone(config.database.url.expose_secret())?;
    let doors = Doors::open(&config)?;
    let app = App::build(config, Clock::System).await?;
    if alone.is_some() {
        // Whatever was in hand when the server died is taken up at once, not when its leases have run out.
        app.end_leases().await?;
    }
    trail::configuration::note(&app, &loaded).await?;
    let server: Server = app.start(doors).await?;
    tracing::info!(address = %server.address, private = %server.private_address, "serving");
    stopped().await;
    tracing::info!("stopping");
    server.drain().await;
    server.stop().await;
    Ok(())
}

async fn migrate(source: Source, dry_run: bool) -> anyhow::Result<()> {
    let db = app::connect(&load(&source)?.config).await?;
    let pending = schema::pending(&db).await?;
    if pending.is_empty() {
        say("the schema is up to date");
    } else if dry_run {
        pending.iter().for_each(say);
    } else {
        schema::migrate(&db).await?;
        say(format!("{} migrations applied", pending.len()));
    }
    Ok(())
}

async fn healthcheck(source: Source) -> anyhow::Result<ExitCode> {
    let address = load(&source)?.config.private.listen;
    let client = reqwest::Client::builder().timeout(Duration::from_secs(3)).build()?;
    match client.get(format!("http://{address}/readyz")).send().await {
        Ok(answer) if answer.status().is_success() => Ok(ExitCode::SUCCESS),
        Ok(answer) => {
            complain(format!("not ready: {}", answer.text().await.unwrap_or_default()));
            Ok(ExitCode::FAILURE)
        }
        Err(_) => {
            complain(format!("nothing answers at {address}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
