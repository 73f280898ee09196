//! `ledger`: the trial balance, and the end of the year at the machine.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use clap::Subcommand;
use domain::{
    budget::{BudgetError, year_end},
    calendar::utc,
    ids::RegionCode,
};
use ledger::{Bucket, Fen};
use notify::words::refusal;

use super::arguments::Source;
use crate::{
    app,
    clock::Clock,
    config::Config,
    keys,
    terminal::{complain, say},
};

#[derive(Debug, Subcommand)]
pub(super) enum LedgerCommand {
    /// Says what is in every account, and whether the ledger is whole: 0 is whole, 1 is not.
    Balance {
        #[command(flatten)]
        source: Source,
        /// At the end of this day, as in 2026-12-31; now otherwise.
        #[arg(long)]
        at: Option<NaiveDate>,
    },
    /// Freezes a year in a region and below, for good; on its last day at the earliest.
    Freeze {
        #[command(flatten)]
        source: Source,
        /// The budget year.
        year: i32,
        /// The region's code: 330000 is the province, 330106 a district.
        region: String,
    },
    /// Carries what is bound for approved cases out of a frozen year. May be repeated.
    Carry {
        #[command(flatten)]
        source: Source,
        /// The budget year.
        year: i32,
        /// The region's code.
        region: String,
    },
}

/// Every account with its sum, from the lines alone, and whatever must not be.
pub(super) async fn balance(config: &Config, at: Option<NaiveDate>) -> anyhow::Result<ExitCode> {
    let db = app::connect(config).await?;
    let end = match at {
        None => None,
        Some(day) => {
            let next = day.checked_add_days(Days::new(1)).context("--at is no day")?;
            Some(utc(next, NaiveTime::MIN) - TimeDelta::microseconds(1))
        }
    };
    let sums = ledger::trial_balance(&db, end).await?;
    for (account, sum) in &sums {
        let bucket = match account.bucket {
            Bucket::Appropriated => "appropriated",
            Bucket::Available => "available",
            Bucket::Reserved => "reserved",
            Bucket::Committed => "committed",
            Bucket::Paid => "paid",
            Bucket::WrittenOff => "written off",
        };
        say(format!("{:<28} {bucket:<12} {sum:>22}", account.envelope.to_string()));
    }
    let total: Fen = sums.iter().map(|(_, sum)| *sum).sum();
    say(format!("{:<28} {:<12} {total:>22}", "everything", ""));
    let findings = ledger::check(&db).await?;
    for finding in &findings {
        complain(format!("{finding:?}"));
    }
    let below = sums.iter().any(|(account, sum)| account.bucket != Bucket::Appropriated && *sum < Fen::ZERO);
    if total != Fen::ZERO || below || !findings.is_empty() {
        complain("the ledger is not whole");
        return Ok(ExitCode::FAILURE);
    }
    say("the ledger is whole");
    Ok(ExitCode::SUCCESS)
}

/// Freezes a year. There is nobody at the machine to ask a second time: the audit chain says that the installer did it.
pub(super) async fn freeze(config: &Config, year: i32, region: &str) -> anyhow::Result<ExitCode> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    let region = code(region)?;
    match year_end::freeze_at_the_machine(&db, &cx, (&region, year), Clock::System.now()).await {
        Ok(()) => {
            say(format!("{year} is frozen in {region}; `yinling ledger carry {year} {region}` carries over"));
            Ok(ExitCode::SUCCESS)
        }
        Err(BudgetError::Refused(no)) => {
            complain(refusal::budget(&no).replace('\n', ""));
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

/// Carries over what is bound for cases.
pub(super) async fn carry(config: &Config, year: i32, region: &str) -> anyhow::Result<ExitCode> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    let region = code(region)?;
    if !ledger::is_frozen(&db, region.as_str(), year).await? {
        complain(format!("{year} is not frozen in {region}: nothing is carried out of it"));
        return Ok(ExitCode::FAILURE);
    }
    let done = year_end::carry_at_the_machine(&db, &cx, (&region, year), Clock::System.now()).await?;
    say(format!("{} cases, {}", done.cases, done.amount));
    Ok(ExitCode::SUCCESS)
}

fn code(region: &str) -> anyhow::Result<RegionCode> {
    RegionCode::from_gb2260(region).with_context(|| format!("{region} is not a region's code"))
}
