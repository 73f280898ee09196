//! `doctor`: looks from where the server looks, and says what to do. 0 is well, 1 is a fault, 2 is something to look at.

use std::{
    path::Path,
    process::{Command, ExitCode},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret;
use serde::Serialize;

use crate::{
    app::{self, Db},
    clock::Clock,
    config::Config,
    health, keys,
    terminal::say,
};

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
    let mut findings = vec![keys_found(config), public_url(config), callbacks(config), disk(config)];
    findings.extend(database(config).await);
    findings.push(clock(config).await);
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

fn callbacks(config: &Config) -> Finding {
    let base = config.web.public_url.as_str().trim_end_matches('/');
    let said = format!("subscribe events at {base}/callback/dingtalk, the robot at {base}/callback/robot");
    finding("addresses for DingTalk", State::Well, said)
}

/// Where `SQLite` keeps the rows, or where the server runs. A full disk is the commonest end of a small installation.
fn disk(config: &Config) -> Finding {
    let url = config.database.url.expose_secret();
    let file = url
        .strip_prefix("sqlite:")
        .map(|rest| rest.trim_start_matches("//").split('?').next().unwrap_or(rest));
    let folder = file.and_then(|file| Path::new(file).parent()).filter(|folder| folder.is_dir());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let Some(free) = free_megabytes(folder) else {
        return finding("disk", State::Look, format!("the room in {} cannot be measured", folder.display()));
    };
    let said = format!("{free} MB are free in {}", folder.display());
    let state = match free {
        0..100 => State::Fault,
        100..1024 => State::Look,
        _ => State::Well,
    };
    finding("disk", state, said)
}

fn free_megabytes(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let free: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(free / 1024)
}

async fn database(config: &Config) -> Vec<Finding> {
    let db = match app::connect(config).await {
        Ok(db) => db,
        Err(error) => return vec![finding("database", State::Fault, format!("{error:#}"))],
    };
    let reached = if health::writable(&db).await {
        finding("database", State::Well, "can be written")
    } else {
        finding(
            "database",
            State::Fault,
            "can be reached but not written: another writer, a full disk, a read-only file?",
        )
    };
    let schema = match schema::pending(&db).await {
        Ok(pending) if pending.is_empty() => finding("schema", State::Well, "up to date"),
        Ok(pending) => {
            let said = format!("{} migrations are missing; run `yinling migrate`", pending.len());
            return vec![reached, finding("schema", State::Fault, said)];
        }
        Err(error) => return vec![reached, finding("schema", State::Fault, error.to_string())],
    };
    let chain = match audit::head(&db).await {
        Ok(head) => {
            finding("audit chain", State::Well, format!("ends at {head}; `yinling audit verify` walks it"))
        }
        Err(error) => finding("audit chain", State::Fault, error.to_string()),
    };
    vec![reached, schema, mailboxes(&db).await, chain]
}

async fn mailboxes(db: &Db) -> Finding {
    let (Ok(inbox), Ok(outbox)) = (mailbox::inbox::depth(db).await, mailbox::outbox::depth(db).await) else {
        return finding("mailboxes", State::Fault, "cannot be read");
    };
    let dead = inbox.dead + outbox.dead;
    if dead > 0 {
        return finding(
            "mailboxes",
            State::Look,
            format!("{dead} items were given up and wait for somebody"),
        );
    }
    let late = Clock::System.now() - TimeDelta::hours(1);
    if [inbox.oldest, outbox.oldest].into_iter().flatten().any(|oldest| oldest < late) {
        return finding(
            "mailboxes",
            State::Look,
            "something is due for more than an hour; does a server run?",
        );
    }
    finding("mailboxes", State::Well, "nothing was given up, nothing is late")
}

/// The platform refuses what is signed at the wrong time, and we refuse its pushes.
async fn clock(config: &Config) -> Finding {
    let answer = async {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().ok()?;
        let answer = client.head(config.dingtalk.api_base.clone()).send().await.ok()?;
        DateTime::parse_from_rfc2822(answer.headers().get("date")?.to_str().ok()?).ok()
    };
    let Some(theirs) = answer.await else {
        return finding("clock", State::Look, "the platform does not say what time it is");
    };
    let off = (Clock::System.now() - theirs.with_timezone(&Utc)).num_seconds().abs();
    let said = format!("{off} s from the platform's");
    let state = match off {
        0..=5 => State::Well,
        6..=60 => State::Look,
        _ => State::Fault,
    };
    finding("clock", state, if off > 5 { format!("{said}; is time synchronised?") } else { said })
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
