//! An installation in a folder of its own: keys and a configuration, beside a tenant that knows the app; and the binary.

use std::{
    path::PathBuf,
    process::{Command, Output},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

use dingtalk_sim::{AppEndpoints, Options, Tenant, World};
use domain::seed::{self, Size};
use schema::testing::TestDb;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use server::{app::App, clock::Clock, config};
use tempfile::TempDir;

use super::{Running, browser::client, house::WORLD};

/// A folder with keys and a configuration, beside a tenant that knows the app.
pub(crate) struct Site {
    /// The configuration's file.
    pub(crate) config: PathBuf,
    /// Beside it.
    pub(crate) tenant: Tenant,
    /// Its rows.
    pub(crate) db: TestDb,
    /// Where it is, until it goes.
    _place: TempDir,
}

impl Site {
    pub(crate) async fn new(name: &str, db: TestDb) -> Self {
        Self::with(name, db, |_| {}).await
    }

    /// Beside a tenant that differs.
    pub(crate) async fn with(name: &str, db: TestDb, change: impl FnOnce(&mut World)) -> Self {
        // Of its own, also when the same test runs twice at once.
        let place = tempfile::Builder::new()
            .prefix(&format!("{name}-{}-", db.name))
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .unwrap();
        let folder = place.path();
        let mut world = World::parse(WORLD).unwrap();
        change(&mut world);
        let (app, events) = (world.app.clone(), world.events.clone());
        let (corp, form) = (world.corp.id.clone(), world.templates[0].code.clone());
        let tenant = Tenant::start(world, Options::default()).await.unwrap();
        let keys = folder.join("keys");
        let secret = folder.join("client_secret");
        std::fs::write(&secret, format!("{}\n", app.client_secret)).unwrap();
        let made = yinling(&["keys", keys.to_str().unwrap()]).await;
        // What `keys` prints is what the file wants to read.
        let keys = String::from_utf8(made.stdout).unwrap();
        let text = format!(
            "[database]\nurl = {url:?}\n[dingtalk]\nallow_simulator = true\napi_base = {host:?}\noapi_base = {host:?}\n\
             corp_id = {corp:?}\nclient_id = {id:?}\nagent_id = {agent}\nclient_secret_file = \"{secret}\"\n\
             callback_token = {token:?}\ncallback_aes_key = {aes:?}\naid_process_code = {form:?}\n\
             [web]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\n\
             [private]\nlisten = \"127.0.0.1:{private}\"\n[help]\nname = \"服务台\"\nphone = \"0571-88880000\"\n\
             [audit]\nanchor_tell_at = \"\"\n[second_factor]\nrequired = false\n[evidence]\nfolder = \"{papers}\"\n[log]\nformat = \"json\"\n[keys]\n{keys}",
            url = db.url,
            host = tenant.base_url(),
            id = app.client_id,
            agent = app.agent_id,
            token = events.token,
            aes = events.aes_key,
            secret = secret.display(),
            papers = folder.join("papers").display(),
            port = free_port(),
            private = free_port(),
        );
        let config = folder.join("config.toml");
        std::fs::write(&config, text).unwrap();
        Self { config, tenant, db, _place: place }
    }

    /// Approvers are told by cards.
    pub(crate) fn has_cards(&self) {
        let text = std::fs::read_to_string(&self.config).unwrap();
        let cards = "[dingtalk]\napproval_card_template = \"approval-card.schema\"\ncard_secret = \"a-secret-of-the-cards\"\n";
        std::fs::write(&self.config, text.replace("[dingtalk]\n", cards)).unwrap();
    }

    /// Is the database a file of its own?
    pub(crate) fn on_sqlite(&self) -> bool {
        self.db.name == "sqlite"
    }

    /// Runs a command with the configuration and says how it ended and what it said.
    pub(crate) async fn run(&self, arguments: &[&str]) -> (i32, String) {
        let config = self.config.to_str().unwrap();
        let output = yinling(&[arguments, &["--config", config]].concat()).await;
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(said).unwrap())
    }

    pub(crate) fn address(&self, section: &str) -> String {
        let config: toml::Table = std::fs::read_to_string(&self.config).unwrap().parse().unwrap();
        format!("http://{}", config[section]["listen"].as_str().unwrap())
    }

    /// Waits until the server that was started takes work.
    #[expect(
        clippy::disallowed_methods,
        reason = "another process becomes ready, and nothing here can drive it"
    )]
    pub(crate) async fn is_ready(&self) {
        let until = Instant::now() + Duration::from_secs(30);
        while self.run(&["healthcheck"]).await.0 != 0 {
            assert!(Instant::now() < until, "it is never ready");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Starts the server as a process of its own.
    pub(crate) fn serve(&self) -> Running {
        Running::start(&mut self.serving())
    }

    /// The same, and it dies by itself when it comes to a point.
    pub(crate) fn serve_until(&self, point: &str) -> Running {
        Running::start(self.serving().env("FAILPOINTS", format!("{point}=return(kill)")))
    }

    fn serving(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
        command.args(["serve", "--config", self.config.to_str().unwrap()]).env_clear();
        command
    }

    /// The server builds the same on its database.
    pub(crate) async fn app(&self) -> App {
        let config = config::load(Some(&self.config), &[]).unwrap().config;
        App::build(config, Clock::System).await.unwrap()
    }

    /// Does a server answer now that it is ready?
    pub(crate) async fn says_ready(&self) -> bool {
        let asked = client().get(format!("{}/readyz", self.address("private"))).send().await;
        asked.is_ok_and(|answer| answer.status().is_success())
    }

    /// A county in the database, and the tenant knows where the server is going to be.
    pub(crate) async fn moved_in(&self) -> App {
        let app = self.app().await;
        seed::load(&app.db, &app.cx, Size::Tiny, app.clock.now(), &|_, _| {}).await.unwrap();
        let base = self.address("web");
        self.tenant.connect(AppEndpoints {
            callback_url: Some(format!("{base}/callback/dingtalk")),
            robot_url: Some(format!("{base}/callback/robot")),
            base_url: base,
        });
        app
    }

    /// A process has died, and its leases run out, by the clock on which it lived. On `SQLite` nobody waits for that: the next server knows
    /// itself alone.
    pub(crate) async fn forget(&self, app: &App, died: u32) {
        if self.on_sqlite() {
            return;
        }
        for table in ["inbox", "outbox"] {
            let sql =
                format!("UPDATE {table} SET run_at = $1 WHERE state = 1 AND lease_owner LIKE '{died}-%'");
            let values = [app.clock.now().into()];
            let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
            app.db.execute_raw(statement).await.unwrap();
        }
    }
}

async fn yinling(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
    command.args(arguments).env_clear().env("PATH", "/usr/bin:/bin");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// A port that nothing listens on, and that the system gives to nobody who only calls somewhere: the server is away from it at times.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 1_000).unwrap() * 12;
    loop {
        let port = 20_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
