//! Measures the desk of the registers, with an invented province of 460,000 people: lists, searches, a person's page, segments.
//!
//! * `registers seed CONFIG > sessions.tsv` loads the province and signs two workers in: one of the province, one of a county.
//! * `registers segments CONFIG sessions.tsv NAME` makes segments of the province and of a city, computes two nights of them, prints a line
//!   of a table for each and adds their ids to the file.
//! * `registers looks CONFIG sessions.tsv` writes three years of files in which people left the house, of which PostgreSQL has the chain of
//!   `audit`'s example already, and signs an auditor in.
//! * `registers measure ADDRESS sessions.tsv NAME` asks a running server one question after the other and prints a line of a table for
//!   each kind: how long an answer takes as whoever asks sees it. It fails when a limit is not kept.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command says what it found")]

mod looks;
mod measure;
mod segments;

use std::{io::Write as _, path::Path, time::Instant};

use anyhow::{Context as _, bail};
use domain::{
    By,
    authority::{
        Role, Scope,
        commands::{NewGrant, grant_in},
    },
    ids::{AccountId, RegionCode},
    person::roster::{Roster, page},
    seed::{self, Size},
    session,
};
use server::{app::App, clock::Clock, config};

/// Persons whose pages are read, spread over the roster.
const PAGES: usize = 200;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["seed", config] => seed(config).await,
        ["segments", config, sessions, name] => segments::compute(config, sessions, name).await,
        ["looks", config, sessions] => looks::prepare(config, sessions).await,
        ["measure", address, sessions, name] => measure::measure(address, sessions, name).await,
        _ => bail!(
            "usage: registers seed CONFIG | segments CONFIG SESSIONS NAME | looks CONFIG SESSIONS | measure ADDRESS SESSIONS NAME"
        ),
    }
}

async fn seed(config: &str) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let app = App::build(config, Clock::System).await?;
    let (begun, now) = (Instant::now(), app.clock.now());
    let province = RegionCode::parse("33").context("the province")?;
    if !seed::loaded(&app.db).await? {
        let bar = indicatif::ProgressBar::new(0);
        seed::load(&app.db, &app.cx, Size::Province, now, &|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
        bar.finish();
        eprintln!("the province was loaded in {:.0} s", begun.elapsed().as_secs_f64());
        let chief = AccountId::parse("zhouming").context("a login")?;
        let new = NewGrant {
            account: chief.clone(),
            role: Role::Worker,
            scope: Scope::Region(province.clone()),
            from: now,
            to: None,
            reason: None,
        };
        let tx = mailbox::transaction::write(&app.db).await?;
        grant_in(&tx, &app.cx, By::INSTALLER, None, new, now).await?;
        tx.commit().await?;
    }
    let mut lines = Vec::new();
    for who in ["zhouming", "chenjing"] {
        let who = AccountId::parse(who).context("a login")?;
        let opened = session::open(&app.db, &app.cx, &who, None, now).await;
        let token = opened.ok().context("a session")?.token;
        lines.push(format!("{}\t{}", token.reveal(), token.csrf().as_str()));
    }
    // Whose pages are read: some of every part of the alphabet.
    let scopes = [Scope::Region(province)];
    let mut after = None;
    while lines.len() < PAGES + 2 {
        let some = page(&app.db, &Roster { scopes: &scopes, unit: "", after, limit: 2_000 }).await?;
        let Some(last) = some.next else { break };
        after = Some(last);
        lines.push(last.to_string());
    }
    std::io::stdout().write_all(lines.join("\n").as_bytes())?;
    Ok(())
}
