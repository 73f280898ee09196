//! What everything in the server stands on: rows, keys, the platform, the clock, the configuration.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context as _;
use dingtalk::{
    Client, Hosts,
    limits::{InProcess, Limiter, Plan},
};
use domain::{Context, evidence::Files, quota::Limits};
use notify::pace::Shared;
use secrecy::ExposeSecret;

use crate::{clock::Clock, config::Config, grievance::Tries, keys};

/// A pool of connections.
pub type Db = sea_orm::DatabaseConnection;
pub use sea_orm::DbErr;

/// What pages need.
#[derive(Clone, Debug)]
pub struct App {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
    /// The platform.
    pub dingtalk: Client,
    /// What time it is.
    pub clock: Clock,
    /// The configuration.
    pub config: Arc<Config>,
    /// How much may be sent, and how fast.
    pub limits: Limits,
    /// The papers that people send.
    pub files: Files,
    /// Who has sent codes that are none.
    pub tries: Tries,
}

/// Connects, without touching the schema.
pub async fn connect(config: &Config) -> anyhow::Result<Db> {
    let options =
        schema::Options { max_connections: config.database.max_connections, ..schema::Options::default() };
    let url = config.database.url.expose_secret();
    schema::connect(url, &options).await.context("the database cannot be reached")
}

/// The servers' rows, for a command that runs beside them; `None` when they cannot be reached or are not up to date. Looking makes no file.
pub async fn rows(config: &Config) -> Option<Db> {
    let url = config.database.url.expose_secret();
    if crate::alone::file(url).is_some_and(|file| !Path::new(file).exists()) {
        return None;
    }
    let db = connect(config).await.ok()?;
    schema::pending(&db).await.ok()?.is_empty().then_some(db)
}

/// The client of the platform, for a command that runs beside the servers: one pace and one meter with them. Without their rows it has
/// a pace of its own.
pub fn client(config: &Config, clock: &Clock, rows: Option<&Db>) -> anyhow::Result<Client> {
    let limiter: Arc<dyn Limiter> = match rows {
        Some(db) => Arc::new(Shared::new(db.clone(), plan(config), config.limits())),
        None => Arc::new(InProcess::new(plan(config))),
    };
    limited(config, clock, limiter)
}

fn limited(config: &Config, clock: &Clock, limiter: Arc<dyn Limiter>) -> anyhow::Result<Client> {
    let it = &config.dingtalk;
    let robot = if it.robot_code.is_empty() { &it.client_id } else { &it.robot_code };
    let settings = dingtalk::Config {
        hosts: Hosts { api: it.api_base.clone(), oapi: it.oapi_base.clone() },
        corp_id: it.corp_id.parse().context("dingtalk.corp_id is not set")?,
        client_id: it.client_id.clone(),
        client_secret: it.client_secret.clone(),
        agent_id: dingtalk::AgentId(it.agent_id),
        robot_code: robot.parse().context("dingtalk.robot_code or client_id is not set")?,
        timeout: Duration::from_secs(it.timeout_seconds),
        user_agent: concat!("yinling/", env!("CARGO_PKG_VERSION")).to_owned(),
        largest_file: dingtalk::Config::LARGEST_FILE,
    };
    let clock = clock.clone();
    Ok(Client::limited(settings, move || clock.now(), limiter)?)
}

fn plan(config: &Config) -> Plan {
    Plan { per_second: config.dingtalk.calls_per_second.max(1), ..Plan::STANDARD }
}

impl App {
    /// Connects, migrates, loads reference data.
    pub async fn build(config: Config, clock: Clock) -> anyhow::Result<Self> {
        let cx = keys::context(&config.keys)?;
        let db = connect(&config).await?;
        // All servers on these rows keep one pace.
        let dingtalk = client(&config, &clock, Some(&db))?;
        schema::migrate(&db).await.context("the database cannot be migrated")?;
        domain::region::reference::load(&db).await?;
        domain::calendar::reference::load(&db).await?;
        domain::branch::obligation::defaults::ensure(&db, clock.now()).await?;
        domain::aid::category::reference::ensure(&db, clock.now()).await?;
        domain::person::name::ensure(&db, clock.now()).await?;
        domain::retention::rules::ensure(&db, clock.now()).await?;
        let limits = config.limits();
        let files = Files::in_folder(&config.evidence.folder).context("evidence.folder")?;
        let tries = Tries::default();
        Ok(Self { db, cx, dingtalk, clock, config: Arc::new(config), limits, files, tries })
    }

    /// Ends the leases of whoever worked on this database before. Only for a server that is [alone](crate::alone) on it.
    pub async fn end_leases(&self) -> Result<u64, DbErr> {
        let now = self.clock.now();
        Ok(mailbox::inbox::end_leases(&self.db, now).await?
            + mailbox::outbox::end_leases(&self.db, now).await?)
    }
}
