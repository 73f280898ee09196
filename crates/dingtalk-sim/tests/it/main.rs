//! The simulator from outside: what an app, a person and a visitor meet.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a harness that fails is a failed test"
)]

mod app;
mod client;

mod approval_flow;
mod approval_forms;
mod approvals;
mod browser_sign_in;
mod cards;
mod chat;
mod control;
mod custom_robots;
mod days;
mod departments;
mod ding;
mod directory;
mod every_call;
mod faults;
mod groups;
mod kept_state;
mod media;
mod notices;
mod permissions;
mod phones;
mod pushes;
mod quotas;
mod robot_messages;
mod roles;
mod sign_in;
mod standing_alone;
mod stream;
mod strictness;
mod tokens;
mod world_file;

use app::FakeApp;
use chrono::{DateTime, Utc};
use dingtalk_sim::{Options, Tenant, World};

/// The example world, without an app, on a clock that stands still; where it is always the same second, nobody is too fast.
fn world() -> World {
    let mut world = World::parse(include_str!("../../world.example.toml")).unwrap();
    world.endpoints = None;
    world.clock.frozen = true;
    (world.limits.calls_per_second, world.limits.calls_per_address) = (None, None);
    world
}

fn now() -> DateTime<Utc> {
    "2026-09-02T02:00:00Z".parse().unwrap()
}

async fn tenant() -> Tenant {
    Tenant::start(world(), Options::default()).await.unwrap()
}

/// A tenant with an app that takes what it is pushed.
async fn tenant_with_app() -> (Tenant, FakeApp) {
    let tenant = tenant().await;
    let app = FakeApp::start();
    tenant.connect(app.endpoints());
    (tenant, app)
}

/// Our own client, talking to the simulator.
fn own_client(tenant: &Tenant) -> dingtalk::Client {
    let world = world();
    let hosts = dingtalk::Hosts::both(tenant.base_url().parse().unwrap());
    let (app, agent) = (&world.app, dingtalk::AgentId(world.app.agent_id));
    let config = dingtalk::Config {
        timeout: std::time::Duration::from_millis(800),
        ..dingtalk::Config::new(hosts, &world.corp.id, &app.client_id, app.client_secret.clone(), agent)
            .unwrap()
    };
    let clock = tenant.clock();
    dingtalk::Client::new(config, move || clock.now()).unwrap()
}

fn user(userid: &str) -> dingtalk::UserId {
    userid.parse().unwrap()
}

fn users(userids: &[&str]) -> Vec<dingtalk::UserId> {
    userids.iter().map(|userid| user(userid)).collect()
}

/// A plain client for what ours would never send.
fn raw() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
