//! Segments of the province and of a city, and two nights of them.

use std::{fs::OpenOptions, io::Write as _, path::Path, time::Instant};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    authority::Worker,
    calendar::local_date,
    ids::{AccountId, RegionCode},
    segment::{
        Hands, ServiceStandard, Way,
        commands::{Saying, make},
        store, walk,
    },
};
use server::{app::App, clock::Clock, config};

use crate::measure::quantiles;

/// Before the id of a segment, in the list of whose pages are read.
pub(crate) const SEGMENT: &str = "segment/";

/// Narrow and wide ones; of the last two the database can let nobody out beforehand.
const RULES: [&str; 8] = [
    "veteran",
    "age:90",
    "age:80+alone",
    "party+age:70+!visited:90",
    "hardship",
    "veteran|age:95+telephone",
    "retired+!telephone",
    "alone|!relatives",
];

/// Where they are made.
const PLACES: [&str; 2] = ["33", "3301"];

/// Makes them, unless there are some, computes last night and tonight, prints a line of the table for each, and adds the ids to the list of
/// whose pages are read.
pub(crate) async fn compute(config: &str, sessions: &str, name: &str) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let app = App::build(config, Clock::System).await?;
    let now = app.clock.now();
    let yesterday = now - TimeDelta::days(1);
    // Of a province that was kept last night lies behind it.
    let fresh = store::segments(&app.db).await?.is_empty();
    if fresh {
        made(&app, (yesterday, now)).await?;
    }
    for (night, at) in [("first", yesterday), ("second", now)].into_iter().skip(usize::from(!fresh)) {
        let (begun, mut took) = (Instant::now(), Vec::new());
        loop {
            let one = Instant::now();
            if walk::round(&app.db, &app.cx, at).await? == 0 {
                break;
            }
            took.push(one.elapsed());
        }
        if took.is_empty() {
            continue;
        }
        let (whole, steps) = (begun.elapsed().as_secs_f64(), took.len());
        let [p50, p99] = quantiles(took).map(|one| one.as_secs_f64() * 1e3);
        let memory = peak()?;
        println!(
            "| {name}, segments: a step of the {night} night | {p50:.1} | {p99:.1} | | {steps} steps, {whole:.0} s, {memory} MB |",
        );
    }
    let ids = store::segments(&app.db).await?.into_iter().map(|segment| format!("\n{SEGMENT}{}", segment.id));
    let ids: String = ids.collect();
    OpenOptions::new().append(true).open(sessions)?.write_all(ids.as_bytes())?;
    Ok(())
}

async fn made(app: &App, (since, now): (DateTime<Utc>, DateTime<Utc>)) -> anyhow::Result<()> {
    let who = AccountId::parse("zhouming").context("a login")?;
    for place in PLACES {
        let region = RegionCode::parse(place).context("a place")?;
        let worker = Worker::prove(&app.db, &who, region.clone(), now).await?.context("a worker")?;
        for rule in RULES {
            let saying = Saying {
                name: format!("{place} {rule}"),
                rule: rule.parse().ok().context("a rule")?,
                service: ServiceStandard { every_days: 30, way: Way::Visit, hands: Hands::Worker },
                source: "示例〔2026〕1号".to_owned(),
                from_on: local_date(since),
            };
            let new = (region.clone(), None, saying);
            make(&app.db, &app.cx, &worker, new, since).await.ok().context("a segment")?;
        }
    }
    Ok(())
}

/// The most memory that this process has had, in MB.
fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kib / 1024)
}
