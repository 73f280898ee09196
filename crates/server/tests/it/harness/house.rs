//! One server and its tenant.

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::Arc,
};

use dingtalk_sim::{AppEndpoints, Options, Tenant, Transport, World};
use domain::seed::{self, Size};
use schema::testing::{self, TestDb};
use sea_orm::{ConnectionTrait, Statement};
use secrecy::SecretString;
use server::{
    app::App,
    clock::Clock,
    config::{self, Config},
    doors::Doors,
    keys,
    serve::Server,
};
use tokio::sync::OnceCell;

use super::Browser;

pub(crate) const WORLD: &str = include_str!("../../../src/demo/world.toml");

/// When stories begin: a Tuesday, nine o'clock where the people are.
const MORNING: &str = "2026-11-24T01:00:00Z";

/// Everything that one story needs. Dropping it ends it.
pub(crate) struct House {
    pub(crate) server: Server,
    pub(crate) tenant: Tenant,
    pub(crate) app: App,
    db: TestDb,
}

/// A house whose server is off.
pub(crate) struct Off {
    pub(crate) tenant: Tenant,
    config: Config,
    db: TestDb,
}

impl Off {
    /// The server starts, and says to the tenant where it is.
    pub(crate) async fn on(self) -> House {
        let Self { tenant, config, db } = self;
        let clock = tenant.clock();
        let app = App::build(config, Clock::Followed(Arc::new(move || clock.now()))).await.unwrap();
        load(&app).await;
        let server = app.clone().start(Doors::open(&app.config).unwrap()).await.unwrap();
        let base = format!("http://{}", server.address);
        let posted = app.config.dingtalk.incoming == config::Incoming::Http;
        tenant.connect(AppEndpoints {
            callback_url: posted.then(|| format!("{base}/callback/dingtalk")),
            robot_url: posted.then(|| format!("{base}/callback/robot")),
            base_url: base,
        });
        let house = House { server, tenant, app, db };
        if !posted {
            house.listens(2).await;
        }
        house
    }
}

impl House {
    /// On `SQLite`: for what does not depend on the database.
    pub(crate) async fn open() -> Self {
        Self::on(seeded().await, |_| {}, |_| {}).await
    }

    /// Configured differently.
    pub(crate) async fn configured(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(seeded().await, |_| {}, change).await
    }

    /// The same on PostgreSQL, if there is a server.
    pub(crate) async fn configured_on_postgresql(change: impl FnOnce(&mut Config)) -> Option<Self> {
        Some(Self::on(testing::postgres().await?, |_| {}, change).await)
    }

    /// In a tenant that differs.
    pub(crate) async fn with(change: impl FnOnce(&mut World)) -> Self {
        Self::on(seeded().await, change, |_| {}).await
    }

    /// The same story on every database there is.
    pub(crate) async fn each<S: Future<Output = ()>>(story: impl Fn(Self) -> S) {
        story(Self::open().await).await;
        if let Some(db) = testing::postgres().await {
            story(Self::on(db, |_| {}, |_| {}).await).await;
        }
    }

    /// The same story on every database there is, in a tenant that sends by Stream.
    pub(crate) async fn each_by_stream<S: Future<Output = ()>>(story: impl Fn(Self) -> S) {
        story(Self::with(by_stream).await).await;
        if let Some(db) = testing::postgres().await {
            story(Self::on(db, by_stream, |_| {}).await).await;
        }
    }

    /// Waits until the tenant has so many connections to send on.
    pub(crate) async fn listens(&self, connections: usize) {
        let open = async || self.tenant.stream().connections().iter().filter(|one| !one.leaving).count();
        self.until("connected", async || open().await == connections).await;
    }

    async fn on(db: TestDb, change: impl FnOnce(&mut World), configure: impl FnOnce(&mut Config)) -> Self {
        let mut world = World::parse(WORLD).unwrap();
        change(&mut world);
        world.clock.start = Some(MORNING.parse().unwrap());
        let mut config = config(&world, &db);
        configure(&mut config);
        let tenant = Tenant::start(world, Options::default()).await.unwrap();
        Off { config: at(config, tenant.base_url()), tenant, db }.on().await
    }

    /// Waits until the server has said that it is there, so that its absence is noticed.
    pub(crate) async fn is_there(&self) {
        let said = async || self.count("SELECT count(*) FROM missed_poll").await == 1;
        self.until("the server says that it is there", said).await;
    }

    /// The server stops; the tenant goes on.
    pub(crate) async fn off(self) -> Off {
        let config = (*self.app.config).clone();
        self.server.stop().await;
        Off { tenant: self.tenant, config, db: self.db }
    }

    /// The server dies where it is, and another starts on what it has left.
    pub(crate) async fn dies_and_starts(self) -> Self {
        let Self { server, tenant, app, db } = self;
        let config = (*app.config).clone();
        drop((server, app));
        // Its tasks are gone once this one has waited for others.
        tokio::task::yield_now().await;
        fail::remove("everywhere");
        Off { tenant, config, db }.on().await
    }

    /// A number from the rows.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let db = &self.app.db;
        let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        found.unwrap().try_get_by_index(0).unwrap()
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(format!("http://{}", self.server.address))
    }

    /// A browser in which this member of the tenant has signed in.
    pub(crate) async fn signed_in(&self, userid: &str) -> Browser {
        let browser = self.browser();
        browser.enter(&self.code(userid), "/home").await;
        browser
    }

    /// A code as the container gives it to a page.
    pub(crate) fn code(&self, userid: &str) -> String {
        self.tenant.person(userid).auth_code().unwrap()
    }
}

/// Everything comes by Stream.
pub(crate) fn by_stream(world: &mut World) {
    world.events.transport = Transport::Stream;
    world.app.robot_transport = Transport::Stream;
}

/// A configuration that is complete but for the platform's address.
fn config(world: &World, db: &TestDb) -> Config {
    // What the command line does first; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let flags = [
        ("dingtalk.allow_simulator", "true"),
        ("web.listen", "127.0.0.1:0"),
        ("web.workers", "1"),
        ("private.listen", "127.0.0.1:0"),
        ("database.max_connections", "4"),
        // The county has more logins than the tenant has people: who left is told by events, or by the test.
        ("directory.nightly_at", ""),
        ("directory.watch_seconds", "0"),
        // A letter a day more, in whichever story is long enough.
        ("audit.anchor_tell_at", ""),
        // Those who hold roles have no authenticator app; a story about one says so.
        ("second_factor.required", "false"),
    ];
    let flags: Vec<_> = flags.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let mut config = config::load(None, &flags).unwrap().config;
    config.database.url = SecretString::from(db.url.clone());
    config.dingtalk.corp_id.clone_from(&world.corp.id);
    config.dingtalk.client_id.clone_from(&world.app.client_id);
    config.dingtalk.client_secret = SecretString::from(world.app.client_secret.clone());
    config.dingtalk.agent_id = world.app.agent_id;
    if world.events.transport == Transport::Stream {
        config.dingtalk.incoming = config::Incoming::Stream;
    }
    config.dingtalk.callback_token = SecretString::from(world.events.token.clone());
    config.dingtalk.callback_aes_key = SecretString::from(world.events.aes_key.clone());
    config.dingtalk.aid_process_code.clone_from(&world.templates[0].code);
    config.keys = keys::generate(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
    config.evidence.folder = papers(&db.url);
    config
}

/// A folder of its own for each database: what another one names would be swept.
fn papers(url: &str) -> PathBuf {
    if let Some(file) = url.strip_prefix("sqlite:") {
        return Path::new(file).with_extension("papers");
    }
    let name = url.split('?').next().and_then(|url| url.rsplit('/').next()).unwrap();
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers").join(name)
}

fn at(mut config: Config, tenant: &str) -> Config {
    (config.dingtalk.api_base, config.dingtalk.oapi_base) =
        (tenant.parse().unwrap(), tenant.parse().unwrap());
    config
}

/// The county is written once per test run and copied; on PostgreSQL it is written each time.
async fn seeded() -> TestDb {
    static COUNTY: OnceCell<Vec<u8>> = OnceCell::const_new();
    let file = |db: &TestDb| db.url.trim_start_matches("sqlite:").to_owned();
    let bytes = COUNTY
        .get_or_init(async || {
            let db = testing::sqlite().await;
            let world = World::parse(WORLD).unwrap();
            let app = at(config(&world, &db), "http://127.0.0.1:1");
            let clock = Clock::Followed(Arc::new(|| MORNING.parse().unwrap()));
            let app = App::build(app, clock).await.unwrap();
            load(&app).await;
            app.db.close().await.unwrap();
            db.db.clone().close().await.unwrap();
            std::fs::read(file(&db)).unwrap()
        })
        .await;
    let db = testing::sqlite().await;
    db.db.clone().close().await.unwrap();
    let file = file(&db);
    for journal in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{file}{journal}"));
    }
    std::fs::write(file, bytes).unwrap();
    db
}

async fn load(app: &App) {
    if !seed::loaded(&app.db).await.unwrap() {
        seed::load(&app.db, &app.cx, Size::Tiny, app.clock.now(), &|_, _| {}).await.unwrap();
    }
}
