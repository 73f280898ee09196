//! An installation by the book, `deploy/README.md`: keys, configuration, tables, the first administrator, serving, stopping.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use dingtalk_sim::{Options, Tenant, World};
use schema::testing::{self, TestDb};

use crate::harness::{Browser, Running};

const WORLD: &str = include_str!("../../src/demo/world.toml");

/// A folder with keys and a configuration, beside a tenant that knows the app.
struct Site {
    config: PathBuf,
    tenant: Tenant,
    _db: TestDb,
}

impl Site {
    async fn new(db: TestDb) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("site-{}", db.name));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let world = World::parse(WORLD).unwrap();
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
        Self { config, tenant, _db: db }
    }

    /// Runs a command with the configuration and says how it ended and what it said.
    async fn run(&self, arguments: &[&str]) -> (i32, String) {
        let config = self.config.to_str().unwrap();
        let output = yinling(&[arguments, &["--config", config]].concat()).await;
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(said).unwrap())
    }

    fn address(&self, section: &str) -> String {
        let config: toml::Table = std::fs::read_to_string(&self.config).unwrap().parse().unwrap();
        format!("http://{}", config[section]["listen"].as_str().unwrap())
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

async fn by_the_book(db: TestDb) {
    let site = Site::new(db).await;
    assert_eq!(site.run(&["config", "check"]).await, (0, "the configuration can be used\n".to_owned()));
    let (status, said) = site.run(&["doctor"]).await;
    assert!(!said.contains("FAULT") && status != 1, "{status} {said}");

    for (userid, role, region, words) in [
        ("nobody", "security_admin", "330000", "directory does not show nobody"),
        ("chenjing", "king", "330000", "security_admin"),
        ("chenjing", "worker", "990000", "no region 990000"),
        ("chenjing", "worker", "here", "no region's code"),
    ] {
        let (status, said) = site.run(&["grant", userid, role, region]).await;
        assert!(status == 1 && said.contains(words), "{status} {said}");
    }
    let (status, said) = site.run(&["grant", "chenjing", "security_admin", "330106"]).await;
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("杭州市西湖区"), "{said}");
    let (status, said) = site.run(&["grant", "chenjing", "security_admin", "330106"]).await;
    assert!(status == 1 && said.contains("already"), "{said}");
    let (status, said) = site.run(&["grant", "chenjing", "audit_admin", "330106"]).await;
    assert!(status == 1 && said.contains("may not be both"), "{said}");
    let (status, said) = site.run(&["audit", "verify"]).await;
    assert_eq!(status, 0, "{said}");

    serves_and_stops(&site).await;
    site.tenant.stop().await;
}

#[expect(clippy::disallowed_methods, reason = "another process becomes ready, and nothing here can drive it")]
async fn serves_and_stops(site: &Site) {
    let (status, said) = site.run(&["healthcheck"]).await;
    assert_eq!(status, 1, "{said}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
    command.args(["serve", "--config", site.config.to_str().unwrap()]).env_clear();
    let serving = Running::start(&mut command);
    let until = Instant::now() + Duration::from_secs(30);
    while site.run(&["healthcheck"]).await.0 != 0 {
        assert!(Instant::now() < until, "it is never ready");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    // A second one beside it says in one line what is in its way.
    let (status, said) = site.run(&["serve"]).await;
    assert!(status == 1 && said.contains("listen"), "{status} {said}");

    let browser = Browser::new(site.address("web"));
    browser.enter(&site.tenant.person("chenjing").auth_code().unwrap(), "/home").await;
    let home = browser.get("/home", 303).await;
    browser.get(home.header("location"), 200).await.says("陈静");

    let (status, log) = serving.told_to_stop("TERM").await;
    assert_eq!(status, Some(0), "{log}");
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    for personal in ["陈静", "chenjing", "code=", "__Host-"] {
        assert!(!log.contains(personal), "{personal} is in the log: {log}");
    }
}

#[actix_web::test]
async fn by_the_book_on_sqlite() {
    by_the_book(testing::sqlite().await).await;
}

#[actix_web::test]
async fn by_the_book_on_postgresql() {
    if let Some(db) = testing::postgres().await {
        by_the_book(db).await;
    }
}
