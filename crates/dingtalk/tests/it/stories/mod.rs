//! Stories: the client talks to the simulator, and what the tenant then holds is looked at, not only what the call said. Most of
//! them stand in `dingtalk-sim/tests`, where the tenant's side is told as well; here is what the client alone is about.
//! `every_call.rs` knows of each call where its story is.

mod approvals;
mod cards;
mod days;
mod every_call;
mod files;
mod notices;
mod tokens;

use std::time::Duration;

use dingtalk::{AgentId, Client, Config, Hosts, UserId};
use dingtalk_sim::{Options, Tenant, World};

/// The example world, without an app, on a clock that stands still.
fn world() -> World {
    let mut world = World::parse(include_str!("../../../../dingtalk-sim/world.example.toml")).unwrap();
    world.endpoints = None;
    world.clock.frozen = true;
    world
}

fn config(tenant: &Tenant) -> Config {
    let (hosts, world) = (Hosts::both(tenant.base_url().parse().unwrap()), world());
    let (app, agent) = (&world.app, AgentId(world.app.agent_id));
    Config {
        timeout: Duration::from_secs(2),
        ..Config::new(hosts, &world.corp.id, &app.client_id, app.client_secret.clone(), agent).unwrap()
    }
}

fn client_of(tenant: &Tenant, config: Config) -> Client {
    let clock = tenant.clock();
    Client::new(config, move || clock.now()).unwrap()
}

/// A tenant, and the client of its app.
async fn open() -> (Tenant, Client) {
    let tenant = Tenant::start(world(), Options::default()).await.unwrap();
    let client = client_of(&tenant, config(&tenant));
    (tenant, client)
}

fn user(userid: &str) -> UserId {
    userid.parse().unwrap()
}
