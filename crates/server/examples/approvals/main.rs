//! Measures approvals between the server and a simulated tenant, in one process on one core:
//!
//! * how long it takes from a decision in the tenant until the case's page says so, over CASES cases, so many decisions a second;
//! * how long it takes to hold INSTANCES instances against our rounds, with the platform's quotas (20 calls a second to one interface) on
//!   both sides, after every server was away and the news of one in twenty was lost.
//!
//! Usage: `approvals DATABASE-URL FOLDER CASES INSTANCES RATE`. A line of a table for each; it fails when a limit is not kept.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command says what it found")]

mod cases;

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use chrono::TimeDelta;
use dingtalk_sim::{AppEndpoints, EventFaults, Options, Tenant, World};
use domain::{
    aid::{RoundState, reconcile::store as checks, store},
    authority::{Grants, Role},
    ids::{AccountId, CaseId},
    session,
};
use indicatif::ProgressBar;
use mailbox::inbox;
use secrecy::SecretString;
use server::{app::App, clock::Clock, config, doors::Doors, keys, serve::Server};

use self::cases::waiting;

const WORLD: &str = include_str!("../../src/demo/world.toml");
/// From the decision to the page, the 95th percentile.
const EVENT: Duration = Duration::from_secs(5);
/// All of them held against ours.
const CHECK: Duration = Duration::from_mins(10);
/// What the platform takes to one interface in a second.
const QUOTA: u32 = 20;
/// One in so many ends without our hearing of it.
const LOST: usize = 20;

struct Wanted {
    url: String,
    folder: PathBuf,
    rate: usize,
}

/// A tenant and a server that know each other.
struct Both {
    tenant: Tenant,
    server: Server,
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, folder, cases, instances, rate] = arguments.as_slice() else {
        bail!("usage: approvals DATABASE-URL FOLDER CASES INSTANCES RATE");
    };
    let (cases, instances, rate) =
        (cases.parse::<usize>()?, instances.parse::<usize>()?, rate.parse::<usize>()?.max(1));
    let wanted = Wanted { url: url.clone(), folder: PathBuf::from(folder), rate };
    std::fs::create_dir_all(&wanted.folder)?;

    let both = start(&wanted, None).await?;
    let app = both.server.app.clone();
    let all = waiting(&app, cases.max(instances)).await?;
    eprintln!("{} cases are sent to the approver", all.len());
    created(&both, all.len()).await?;
    let (first, _) = all.split_at_checked(cases).context("the county has too few people")?;
    let took = decided(&both, first, wanted.rate).await?;
    let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
    let (half, most) = (at(50), at(95));
    say(&format!("decision → page, {} cases, {rate} a second", took.len()), half, most, EVENT);

    // Every server is away, and the news of some is lost.
    let open = open_instances(&app, &all).await?;
    let Both { tenant, server } = both;
    server.stop().await;
    tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
    for instance in open.iter().step_by(LOST) {
        tenant.approvals().refuse(instance, "shenlan", None).map_err(|no| anyhow::anyhow!("{no:?}"))?;
    }
    let lost = open.iter().step_by(LOST).count();
    tenant.clock().advance(TimeDelta::hours(1));
    tenant.stop().await;

    let begun = Instant::now();
    let both = start(&wanted, Some(QUOTA)).await?;
    let app = both.server.app.clone();
    until("the check", CHECK, async || {
        let done = checks::checks(&app.db, 20).await?.into_iter();
        let done = done.filter(|check| check.slot.starts_with("down/")).any(|check| check.done_at.is_some());
        Ok(done && open_instances(&app, &all).await?.len() <= open.len() - lost)
    })
    .await?;
    let took = begun.elapsed();
    say(&format!("{} instances against ours, {lost} late", all.len()), took, took, CHECK);
    eprintln!("calls of the month, by the tenant's count: {}", both.tenant.quota().calls);
    both.server.stop().await;
    both.tenant.stop().await;
    if most > EVENT || took > CHECK {
        bail!("a limit is not kept");
    }
    Ok(())
}

fn say(what: &str, half: Duration, most: Duration, limit: Duration) {
    let mark = if most > limit { "too slow" } else { "" };
    let seconds = |time: Duration| format!("{:.2}", time.as_secs_f64());
    println!("| {what} | {} | {} | {} | {mark} |", seconds(half), seconds(most), limit.as_secs());
}

/// On the state and the rows that are there. `quota`: the tenant turns away what is faster, and the server keeps to it.
async fn start(wanted: &Wanted, quota: Option<u32>) -> anyhow::Result<Both> {
    let mut world = World::parse(WORLD).map_err(|error| anyhow::anyhow!("{error}"))?;
    world.limits.calls_per_second = quota;
    let (app, events) = (world.app.clone(), world.events.clone());
    let (corp, form) = (world.corp.id.clone(), world.templates.first().context("a form")?.code.clone());
    let options = Options { state_file: Some(wanted.folder.join("tenant.json")), ..Options::default() };
    let tenant = Tenant::start(world, options).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let fast = quota.map_or_else(|| "2000".to_owned(), |quota| quota.to_string());
    let flags = [
        ("dingtalk.allow_simulator", "true"),
        ("dingtalk.calls_per_second", &fast),
        ("sending.app_per_second", &fast),
        ("sending.monthly_calls", "100000000"),
        ("sending.monthly_deliveries", "100000000"),
        ("web.listen", "127.0.0.1:0"),
        ("web.workers", "1"),
        ("private.listen", "127.0.0.1:0"),
        ("directory.nightly_at", ""),
        ("directory.watch_seconds", "0"),
        ("audit.anchor_tell_at", ""),
        ("second_factor.required", "false"),
        ("help.name", "服务台"),
        ("help.phone", "0571-88880000"),
    ];
    let flags: Vec<_> = flags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let mut config = config::load(None, &flags)?.config;
    config.database.url = SecretString::from(wanted.url.clone());
    (config.dingtalk.api_base, config.dingtalk.oapi_base) =
        (tenant.base_url().parse()?, tenant.base_url().parse()?);
    (config.dingtalk.corp_id, config.dingtalk.aid_process_code) = (corp, form);
    (config.dingtalk.client_id, config.dingtalk.agent_id) = (app.client_id, app.agent_id);
    config.dingtalk.client_secret = SecretString::from(app.client_secret);
    config.dingtalk.callback_token = SecretString::from(events.token);
    config.dingtalk.callback_aes_key = SecretString::from(events.aes_key);
    config.keys = keys::generate(&wanted.folder.join("keys"))?;
    config.evidence.folder = wanted.folder.join("papers");
    let clock = tenant.clock();
    let app = App::build(config, Clock::Followed(Arc::new(move || clock.now()))).await?;
    let doors = Doors::open(&app.config)?;
    let server = app.start(doors).await?;
    let base = format!("http://{}", server.address);
    tenant.connect(AppEndpoints {
        callback_url: Some(format!("{base}/callback/dingtalk")),
        robot_url: Some(format!("{base}/callback/robot")),
        base_url: base,
    });
    Ok(Both { tenant, server })
}

/// Waits until the tenant has an instance of each and has said so. What of that is not worked off then is in the decisions' way, and is counted.
async fn created(Both { tenant, server }: &Both, wanted: usize) -> anyhow::Result<()> {
    let app = &server.app;
    let bar = ProgressBar::new(wanted.try_into()?);
    until("the instances", Duration::from_hours(1), async || {
        let there = checks::waiting(&app.db, app.clock.now() + TimeDelta::days(1)).await?.len();
        bar.set_position(there.try_into()?);
        Ok(there >= wanted)
    })
    .await?;
    until("the tenant's news", Duration::from_hours(1), async || Ok(tenant.pushes().pending() == 0)).await?;
    let depth = inbox::depth(&app.db).await?;
    eprintln!("{} small news wait when the first is decided", depth.waiting + depth.leased);
    Ok(())
}

/// The instances of those that still wait.
async fn open_instances(app: &App, all: &[CaseId]) -> anyhow::Result<Vec<String>> {
    let open = checks::waiting(&app.db, app.clock.now() + TimeDelta::days(1)).await?.into_iter();
    let all: HashSet<_> = all.iter().collect();
    let ours = open.filter(|round| round.state == RoundState::Created && all.contains(&round.case_id));
    Ok(ours.filter_map(|round| round.instance_id).collect())
}

/// Decides so many a second, and says how long it took each until its page said so; in order.
async fn decided(both: &Both, cases: &[CaseId], rate: usize) -> anyhow::Result<Vec<Duration>> {
    let app = &both.server.app;
    let lin = AccountId::parse("linfang").context("a login")?;
    let grants = Grants::of(&app.db, &lin, app.clock.now()).await?;
    anyhow::ensure!(grants.has(Role::Worker), "the reader is a worker");
    let opened = session::open(&app.db, &app.cx, &lin, None, app.clock.now()).await?;
    let cookie = format!("__Host-sid={}", opened.token.reveal());
    let client = reqwest::Client::builder().timeout(Duration::from_mins(1)).build()?;
    let (pause, mut reading) = (Duration::from_secs(1) / u32::try_from(rate)?, Vec::new());
    for case in cases {
        let round = store::approval::of_case(&app.db, *case).await?.pop().context("a round")?;
        let instance = round.instance_id.context("an instance")?;
        let begun = Instant::now();
        both.tenant.approvals().agree(&instance, "shenlan", None).map_err(|no| anyhow::anyhow!("{no:?}"))?;
        let at = format!("http://{}/console/aid/{case}", both.server.address);
        let (client, cookie) = (client.clone(), cookie.clone());
        reading.push(tokio::task::spawn_local(async move {
            loop {
                let asked = client.get(&at).header("cookie", &cookie).send().await?;
                if asked.error_for_status()?.text().await?.contains("审批同意，经费已预占") {
                    return anyhow::Ok(begun.elapsed());
                }
                // Whoever asks more often measures his own asking.
                rest(Duration::from_millis(200)).await;
            }
        }));
        rest(pause).await;
    }
    let mut took = Vec::with_capacity(reading.len());
    for one in reading {
        took.push(one.await??);
    }
    took.sort_unstable();
    Ok(took)
}

async fn until(what: &str, most: Duration, so: impl AsyncFn() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let begun = Instant::now();
    while !so().await? {
        anyhow::ensure!(begun.elapsed() < most * 2, "{what} is not done in time");
        rest(Duration::from_millis(200)).await;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "somebody else works meanwhile")]
async fn rest(time: Duration) {
    tokio::time::sleep(time).await;
}
