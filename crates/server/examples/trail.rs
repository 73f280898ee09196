//! Measures the audit chain.
//!
//! * `trail fill CONFIG ROWS` makes a chain of so many rows over three years, about 460,000 people, done by 300 logins.
//! * `trail verify CONFIG` walks through it and says how many rows a second, and of how much of this process's time.
//! * `trail who CONFIG TIMES` asks so often who looked at one of the people in one of the months, through the same function as the page.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command says what it found")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::bail;
use audit::{Search, Seq, Verdict, Wanted};
use chrono::{DateTime, Months, TimeDelta, Utc};
use domain::trail::LOOKS;
use server::{app, config, keys};

/// People and logins.
const PEOPLE: i64 = 460_000;
const LOGINS: i64 = 300;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["fill", config, rows] => fill(config, rows.parse()?).await,
        ["verify", config] => verify(config).await,
        ["who", config, times] => who(config, times.parse()?).await,
        _ => bail!("usage: trail fill CONFIG ROWS | trail verify CONFIG | trail who CONFIG TIMES"),
    }
}

fn began() -> DateTime<Utc> {
    DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default()
}

/// Scattered, and the same each time.
fn scatter(number: i64) -> i64 {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed()) >> 20).rem_euclid(PEOPLE)
}

fn person(number: i64) -> String {
    format!("person/018f0000000070008000{number:012x}")
}

async fn fill(config: &str, rows: i64) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let (cx, db) = (keys::context(&config.keys)?, app::connect(&config).await?);
    schema::migrate(&db).await?;
    let step = TimeDelta::microseconds(
        TimeDelta::days(3 * 365).num_microseconds().unwrap_or_default() / rows.max(1),
    );
    let (begun, mut at) = (Instant::now(), began());
    let mut done = 0;
    while done < rows {
        let some = (rows - done).min(300_000);
        let tx = mailbox::transaction::write(&db).await?;
        let row = |seq: i64| {
            let action = LOOKS.get(usize::try_from(seq % 11).unwrap_or_default()).copied();
            (
                format!("login{}", seq % LOGINS),
                action.unwrap_or("person.contact_changed"),
                person(scatter(seq)),
            )
        };
        audit::testing::fill(&*tx, &cx.audit, some, (at, step), row).await?;
        tx.commit().await?;
        done += some;
        at += step * i32::try_from(some)?;
        eprint!("\r{done} of {rows} rows, {:.0} s", begun.elapsed().as_secs_f64());
    }
    eprintln!();
    Ok(())
}

/// What this process has used of the machine, user and system.
fn used() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

async fn verify(config: &str) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let (cx, db) = (keys::context(&config.keys)?, app::connect(&config).await?);
    let (begun, before) = (Instant::now(), used());
    let verdict = audit::verify_wanted(&db, &cx.audit, Wanted { from: Seq(1), anchors: &[] }).await?;
    let (took, used) = (begun.elapsed(), used() - before);
    let Verdict::Whole { rows, .. } = verdict else { bail!("{verdict:?}") };
    let rate = |time: Duration| f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) / time.as_secs_f64();
    println!("| {rows} | {:.1} s | {:.0} | {:.0} |", took.as_secs_f64(), rate(took), rate(used));
    Ok(())
}

async fn who(config: &str, times: usize) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let db = app::connect(&config).await?;
    let (mut took, mut found) = (Vec::new(), 0);
    for number in 0..times {
        let month = Months::new(u32::try_from(number % 36)?);
        let from = began().checked_add_months(month).unwrap_or_default();
        let search = Search {
            subjects: vec![person(scatter(i64::try_from(number)? * 7_919))],
            actions: LOOKS.map(str::to_owned).into(),
            from: Some(from),
            to: from.checked_add_months(Months::new(1)),
            actor: None,
        };
        let begun = Instant::now();
        found += audit::search(&db, &search, None, 2_000).await?.len();
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    let at =
        |share: usize| took.get((took.len() * share / 100).min(took.len() - 1)).copied().unwrap_or_default();
    println!(
        "| {times} | {found} | {:.1} ms | {:.1} ms | {:.1} ms |",
        at(50).as_secs_f64() * 1e3,
        at(95).as_secs_f64() * 1e3,
        at(100).as_secs_f64() * 1e3
    );
    Ok(())
}
