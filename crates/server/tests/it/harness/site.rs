//! An installation in a folder of its own: keys and a configuration, beside a tenant that knows the app; and the binary.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use dingtalk_sim::{Options, Tenant, World};
use schema::testing::TestDb;

use super::Running;

const WORLD: &str = include_str!("../../../src/demo/world.toml");

/// A folder with keys and a configuration, beside a tenant that knows the app.
pub(crate) struct Site {
    /// The configuration's file.
    pub(crate) config: PathBuf,
    /// Beside it.
    pub(crate) tenant: Tenant,
    /// Its rows.
    pub(crate) db: TestDb,
}

impl Site {
    pub(crate) async fn new(name: &str, db: TestDb) -> Self {
        Self::with(name, db, |_| {}).await
    }

    /// Beside a tenant that differs.
    pub(crate) async fn with(name: &str, db: TestDb, change: impl FnOnce(&mut World)) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", db.name));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
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
             [log]\nformat = \"json\"\n[keys]\n{keys}",
            url = db.url,
            host = tenant.base_url(),
            id = app.client_id,
            agent = app.agent_id,
            token = events.token,
            aes = events.aes_key,
            secret = secret.display(),
            port = free_port(),
            private = free_port(),
        );
        let config = folder.join("config.toml");
        std::fs::write(&config, text).unwrap();
        Self { config, tenant, db }
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
        command.args(["serve", "--config", self.config.to_str().unwrap()]).env_clear();
        Running::start(&mut command)
    }
}

async fn yinling(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
    command.args(arguments).env_clear().env("PATH", "/usr/bin:/bin");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
