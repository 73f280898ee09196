//! `doctor`: looks from where the server looks, and says what to do. 0 is well, 1 is a fault, 2 is something to look at.

use std::process::ExitCode;

use serde::Serialize;

use crate::{app, clock::Clock, config::Config, keys, terminal::say};

/// What one look found.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    state: State,
    said: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Well,
    Look,
    Fault,
}

pub(super) async fn run(config: &Config, json: bool) -> anyhow::Result<ExitCode> {
    let mut findings = vec![keys_found(config), public_url(config)];
    findings.extend(database(config).await);
    findings.push(platform(config).await);
    let worst = findings.iter().map(|finding| finding.state).max().unwrap_or(State::Well);
    if json {
        say(serde_json::to_string_pretty(&findings)?);
    } else {
        for Finding { what, state, said } in &findings {
            let mark = match state {
                State::Well => "ok   ",
                State::Look => "look ",
                State::Fault => "FAULT",
            };
            say(format!("{mark} {what}: {said}"));
        }
    }
    Ok(match worst {
        State::Well => ExitCode::SUCCESS,
        State::Fault => ExitCode::FAILURE,
        State::Look => ExitCode::from(2),
    })
}

fn finding(what: &'static str, state: State, said: impl Into<String>) -> Finding {
    Finding { what, state, said: said.into() }
}

fn keys_found(config: &Config) -> Finding {
    match keys::context(&config.keys).and_then(|_| keys::signer(&config.keys)) {
        Ok(_) => finding("keys", State::Well, "all can be read"),
        Err(error) => {
            finding("keys", State::Fault, format!("{error:#}; `yinling keys FOLDER` makes new ones"))
        }
    }
}

fn public_url(config: &Config) -> Finding {
    let url = &config.web.public_url;
    let domain = url.host_str().unwrap_or_default();
    if url.scheme() == "https" {
        finding(
            "public address",
            State::Well,
            format!("register {domain} as trusted domain and as 端内免登地址"),
        )
    } else {
        finding(
            "public address",
            State::Look,
            format!("{url} is not https; DingTalk warns its users about that"),
        )
    }
}

async fn database(config: &Config) -> Vec<Finding> {
    let db = match app::connect(config).await {
        Ok(db) => db,
        Err(error) => return vec![finding("database", State::Fault, format!("{error:#}"))],
    };
    let schema = match schema::pending(&db).await {
        Ok(pending) if pending.is_empty() => finding("schema", State::Well, "up to date"),
        Ok(pending) => finding(
            "schema",
            State::Fault,
            format!("{} migrations are missing; run `yinling migrate`", pending.len()),
        ),
        Err(error) => finding("schema", State::Fault, error.to_string()),
    };
    let dead = match (mailbox::inbox::depth(&db).await, mailbox::outbox::depth(&db).await) {
        (Ok(inbox), Ok(outbox)) if inbox.dead + outbox.dead > 0 => finding(
            "mailboxes",
            State::Look,
            format!("{} items were given up and wait for somebody", inbox.dead + outbox.dead),
        ),
        (Ok(_), Ok(_)) => finding("mailboxes", State::Well, "nothing was given up"),
        _ => finding("mailboxes", State::Look, "cannot be read before the schema is there"),
    };
    vec![finding("database", State::Well, "can be reached"), schema, dead]
}

async fn platform(config: &Config) -> Finding {
    let client = match app::client(config, &Clock::System) {
        Ok(client) => client,
        Err(error) => return finding("DingTalk", State::Fault, format!("{error:#}")),
    };
    match client.probe().await {
        Ok(()) => finding("DingTalk", State::Well, "gives us a token"),
        Err(error) => finding("DingTalk", State::Fault, error.to_string()),
    }
}
