//! Starting, saying where everything is, stopping.

use std::{
    fs::{self, File, TryLockError},
    future::Future,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
};

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use dingtalk_sim::{AppEndpoints, Options, Tenant, World};
use domain::seed::{self, Size};
use indicatif::{ProgressBar, ProgressStyle};
use secrecy::{ExposeSecret, SecretString};

use super::links::Links;
use crate::{
    app::App,
    cli,
    clock::Clock,
    config::{self, Config, Help},
    doors::Doors,
    keys,
    terminal::say,
};

const WORLD: &str = include_str!("world.toml");

/// What the demo was told.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// Where it keeps its state.
    pub(crate) data: PathBuf,
    /// Starts over.
    pub(crate) fresh: bool,
    /// How many people.
    pub(crate) size: Size,
    /// The simulator's port; 0 for any.
    pub(crate) port: u16,
    /// When its clock begins; the machine's time otherwise.
    pub(crate) begins: Option<DateTime<Utc>>,
}

/// Runs until told to stop.
pub(crate) async fn run(wanted: Wanted, stopped: impl Future<Output = ()>) -> anyhow::Result<()> {
    let _lock = folder(&wanted)?;
    let tenant = tenant(&wanted).await?;
    let config = config(&wanted, &tenant)?;
    beside(&wanted, &config)?;
    cli::log(&config.log);
    let clock = tenant.clock().clone();
    let doors = Doors::open(&config)?;
    let app = App::build(config, Clock::Followed(Arc::new(move || clock.now()))).await?;
    load(&app, wanted.size).await?;
    let server = app.start(doors).await?;
    let base = format!("http://{}", server.address);
    tenant.connect(AppEndpoints {
        base_url: base.clone(),
        callback_url: Some(format!("{base}/callback/dingtalk")),
        robot_url: Some(format!("{base}/callback/robot")),
    });
    let links = Links::of(&tenant, &base, &format!("http://{}", server.private_address));
    fs::write(wanted.data.join("links.json"), serde_json::to_string_pretty(&links)?)?;
    say(links);
    stopped.await;
    say("stopping; the state is kept");
    server.stop().await;
    tenant.stop().await;
    Ok(())
}

/// The folder, emptied if asked, locked against a second demo.
fn folder(wanted: &Wanted) -> anyhow::Result<File> {
    let data = &wanted.data;
    let cannot = || format!("the folder {} cannot be written", data.display());
    fs::create_dir_all(data).with_context(cannot)?;
    let lock = File::create(data.join("lock")).with_context(cannot)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => bail!("a demo is running on {} already", data.display()),
        Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
    }
    if wanted.fresh {
        for entry in fs::read_dir(data).with_context(cannot)? {
            let path = entry?.path();
            if path.is_dir() {
                fs::remove_dir_all(&path).with_context(cannot)?;
            } else if path.file_name().is_some_and(|name| name != "lock") {
                fs::remove_file(&path).with_context(cannot)?;
            }
        }
    }
    Ok(lock)
}

async fn tenant(wanted: &Wanted) -> anyhow::Result<Tenant> {
    let mut world = World::parse(WORLD)?;
    world.clock.start = wanted.begins;
    if wanted.port != 0 {
        for (phone, port) in world.phones.iter_mut().zip(wanted.port + 2..) {
            phone.port = port;
        }
    }
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, wanted.port));
    let state_file = Some(wanted.data.join("tenant.json"));
    Tenant::start(world, Options { listen, state_file, ..Options::default() })
        .await
        .with_context(|| format!("the simulator cannot start on port {}; --port takes another", wanted.port))
}

/// The configuration of the demo: the defaults, with the tenant's world.
fn config(wanted: &Wanted, tenant: &Tenant) -> anyhow::Result<Config> {
    // Whole paths, so that the commands beside it find everything wherever they are said.
    let data = wanted.data.canonicalize()?;
    let world = World::parse(WORLD)?;
    // Whoever looks around has no authenticator app at hand.
    let flags =
        [("dingtalk.allow_simulator", "true"), ("second_factor.required", "false"), ("log.level", "warn")];
    let flags: Vec<(String, String)> = flags.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let mut config = config::load(None, &flags)?.config;
    let base = tenant.base_url().parse::<url::Url>()?;
    (config.dingtalk.api_base, config.dingtalk.oapi_base) = (base.clone(), base);
    config.dingtalk.corp_id = world.corp.id;
    config.dingtalk.client_id = world.app.client_id;
    config.dingtalk.client_secret = SecretString::from(world.app.client_secret);
    config.dingtalk.agent_id = world.app.agent_id;
    config.dingtalk.callback_token = SecretString::from(world.events.token);
    config.dingtalk.callback_aes_key = SecretString::from(world.events.aes_key);
    let template = world.templates.first().context("the demo's world has no approval template")?;
    config.dingtalk.aid_process_code.clone_from(&template.code);
    let listen = address(wanted.port, 1)?;
    config.web.listen = listen;
    config.web.public_url = format!("http://{listen}").parse()?;
    config.web.workers = 2;
    // The invented county has more logins than the tenant has people: a walk would ask whether all of them have left.
    (config.directory.nightly_at, config.directory.watch_seconds) = (None, 0);
    config.private.listen = address(wanted.port, 9)?;
    config.database.url = SecretString::from(format!("sqlite://{}", data.join("yinling.db").display()));
    config.evidence.folder = data.join("evidence");
    config.keys = keys::generate(&data.join("keys"))?;
    config.help = Help { name: "西湖区老干部局陈静".to_owned(), phone: "0571-88880000".to_owned() };
    Ok(config)
}

/// What the other commands need to look at this database, such as `yinling audit verify --config demo-data/config.toml`.
fn beside(wanted: &Wanted, config: &Config) -> anyhow::Result<()> {
    let text = format!(
        "[database]\nurl = {:?}\n\n[evidence]\nfolder = {:?}\n\n[keys]\n{}",
        config.database.url.expose_secret(),
        config.evidence.folder.to_string_lossy(),
        keys::to_toml(&config.keys),
    );
    fs::write(wanted.data.join("config.toml"), text)?;
    Ok(())
}

/// The public address must be known before the server binds, so any free port is chosen here.
fn address(port: u16, offset: u16) -> anyhow::Result<SocketAddr> {
    if port != 0 {
        return Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, port + offset)));
    }
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

async fn load(app: &App, size: Size) -> anyhow::Result<()> {
    if seed::loaded(&app.db).await? {
        return Ok(());
    }
    let bar = ProgressBar::new(1)
        .with_style(ProgressStyle::with_template("装入虚构的一个县 {wide_bar} {percent}%")?);
    seed::load(&app.db, &app.cx, size, app.clock.now(), &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    Ok(())
}
