//! The server as a process of its own that can be killed: this test's binary, told by its environment to serve.

use std::{fs, path::Path, process::Command};

use dingtalk_sim::AppEndpoints;
use server::{app::App, clock::Clock, config, doors::Doors};
use toml::{Table, Value};

use super::clock::{Shared, followed};
use crate::harness::{Running, Site};

const CONFIG: &str = "YINLING_TEST_YEAR_CONFIG";
const CLOCK: &str = "YINLING_TEST_YEAR_CLOCK";

/// Serves until it is killed, if this process was started for that.
pub(super) async fn is_the_server() -> bool {
    let (Some(file), Some(clock)) = (std::env::var_os(CONFIG), std::env::var_os(CLOCK)) else { return false };
    let loaded = config::load(Some(Path::new(&file)), &[]).unwrap().config;
    let doors = Doors::open(&loaded).unwrap();
    let app = app(Path::new(&file), followed(clock)).await;
    if server::alone::file(secrecy::ExposeSecret::expose_secret(&loaded.database.url)).is_some() {
        app.end_leases().await.unwrap();
    }
    let _serving = app.start(doors).await.unwrap();
    std::future::pending().await
}

/// Starts it.
pub(super) fn serve(site: &Site, clock: &Shared, test: &str) -> Running {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env_clear();
    command.env(CONFIG, &site.config).env(CLOCK, &clock.file);
    Running::start(&mut command)
}

/// What it stands on, also for whoever looks at its rows from here.
pub(super) async fn app(file: &Path, clock: Clock) -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = config::load(Some(file), &[]).unwrap().config;
    App::build(config, clock).await.unwrap()
}

/// The province has more logins than the tenant has people, and its quotas are bought.
pub(super) fn configure(site: &Site) {
    let mut config: Table = fs::read_to_string(&site.config).unwrap().parse().unwrap();
    let mut set = |section: &str, key: &str, value: Value| {
        let section = config.entry(section).or_insert(Value::Table(Table::new()));
        section.as_table_mut().unwrap().insert(key.to_owned(), value);
    };
    set("directory", "nightly_at", "".into());
    set("directory", "watch_seconds", 0.into());
    set("dingtalk", "calls_per_second", 100.into());
    for (key, value) in [
        ("monthly_calls", 50_000_000),
        ("monthly_deliveries", 50_000_000),
        ("robot_per_minute", 3_000),
        ("app_per_second", 100),
    ] {
        set("sending", key, value.into());
    }
    fs::write(&site.config, config.to_string()).unwrap();
}

/// The tenant hears where the server is.
pub(super) fn connect(site: &Site) {
    let base = site.address("web");
    site.tenant.connect(AppEndpoints {
        callback_url: Some(format!("{base}/callback/dingtalk")),
        robot_url: Some(format!("{base}/callback/robot")),
        base_url: base,
    });
}
