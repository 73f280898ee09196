//! `retention`: what is due, what was approved, what has come back with a restored copy.

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use domain::retention::{self, ItemState, Step, Tally, check as again, register, rules, store};

use super::arguments::Source;
use crate::{
    app,
    clock::Clock,
    config::Config,
    jobs::retention as job,
    keys,
    terminal::{complain, say},
};

#[derive(Debug, Subcommand)]
pub(super) enum RetentionCommand {
    /// Makes a list of what is due. It waits for two people at their desks; nothing is touched.
    Propose {
        #[command(flatten)]
        source: Source,
        /// Only says what would be on it; writes nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Says what is on the open list, or that none is open.
    Show(Source),
    /// Takes away what is on the approved list now. The servers do it by themselves; both at once do no harm.
    Run {
        #[command(flatten)]
        source: Source,
        /// Only says what would go and what would stay; writes nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// After a copy of the database was restored: names what had gone and is there again, and takes it away again. 1 when a hold keeps some.
    Check {
        #[command(flatten)]
        source: Source,
        /// The folder of the register, when it is not the configured one.
        #[arg(long)]
        register: Option<PathBuf>,
        /// Only names it.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Makes a list, or says what would be on it.
pub(super) async fn propose(config: &Config, dry_run: bool) -> anyhow::Result<ExitCode> {
    let (cx, db, now) = (keys::context(&config.keys)?, app::connect(config).await?, Clock::System.now());
    rules::ensure(&db, now).await?;
    if dry_run {
        lines(&retention::dry_run(&db, &cx, now).await?);
        say("nothing was written");
        return Ok(ExitCode::SUCCESS);
    }
    if retention::begin(&db, now).await?.is_none() {
        complain("a list is open: it is decided first");
        return Ok(ExitCode::FAILURE);
    }
    // A server may have made it meanwhile.
    while let Tally::Went(_) = retention::make(&db, &cx, now).await? {}
    show(config).await
}

/// Says what is on the open list.
pub(super) async fn show(config: &Config) -> anyhow::Result<ExitCode> {
    let db = app::connect(config).await?;
    let Some(list) = store::open(&db).await? else {
        say("no list is open");
        return Ok(ExitCode::SUCCESS);
    };
    say(format!("list {} as of {}: {:?}", list.id, list.as_of, list.state));
    lines(&store::lines(&db, list.id).await?);
    Ok(ExitCode::SUCCESS)
}

fn lines(all: &[store::Line]) {
    for line in all {
        let stands = match (line.state, line.why) {
            (ItemState::Waiting, _) => "due".to_owned(),
            (ItemState::Erased, _) => "gone".to_owned(),
            (ItemState::Held | ItemState::LeftOut, why) => {
                format!("stays, {}", why.map_or("", |why| why.code()))
            }
        };
        let unit = line.unit_id.map_or_else(|| "no unit".to_owned(), |unit| format!("unit {unit}"));
        say(format!(
            "{}: {} of {unit}, oldest from {}, rule {}: {stands}",
            line.class, line.many, line.oldest, line.rule_id
        ));
    }
    if all.is_empty() {
        say("nothing is due");
    }
}

/// Takes away what was approved, or says what would become of it.
pub(super) async fn run(config: &Config, dry_run: bool) -> anyhow::Result<ExitCode> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    if dry_run {
        for ((class, why), many) in retention::foresee(&db, &cx, Clock::System.now()).await? {
            say(match why {
                None => format!("{class}: {many} would go"),
                Some(why) => format!("{class}: {many} would stay, {}", why.code()),
            });
        }
        say("nothing was written");
        return Ok(ExitCode::SUCCESS);
    }
    let (mut gone, mut stayed) = (0, 0);
    while let Step::Went { erased, left_out } = retention::step(&db, &cx, Clock::System.now()).await? {
        (gone, stayed) = (gone + erased, stayed + left_out);
    }
    if let Some(folder) = config.register() {
        job::keep(&db, &cx, &folder).await?;
    }
    say(format!("{gone} have gone, {stayed} were left out"));
    Ok(ExitCode::SUCCESS)
}

/// Names what has come back, and takes it away again. The register is read first: a copy that is older knows less.
pub(super) async fn check(
    config: &Config,
    folder: Option<PathBuf>,
    dry_run: bool,
) -> anyhow::Result<ExitCode> {
    let (cx, db, now) = (keys::context(&config.keys)?, app::connect(config).await?, Clock::System.now());
    if let Some(folder) = folder.or_else(|| config.register()) {
        let put_back = register::put_back(&db, job::kept(&cx, &folder)?).await?;
        say(format!("{put_back} tombstones came from the register"));
    }
    let (mut after, mut back, mut held) = (None, 0, 0);
    loop {
        let (returned, next) = again::step(&db, &cx, (after, !dry_run), now).await?;
        for one in returned {
            back += 1;
            held += usize::from(one.held.is_some());
            let what = match (one.held, dry_run) {
                (Some(by), _) => format!("is there again and stays, by hold {by}"),
                (None, true) => "is there again".to_owned(),
                (None, false) => "was there again and has gone".to_owned(),
            };
            let same = if one.same { "" } else { ", and says something else than when it went" };
            say(format!("{}/{} {what}{same}", one.class, one.subject.simple()));
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    if !dry_run {
        again::record(&db, &cx, back, now).await?;
    }
    say(format!("{back} of what had gone are there again"));
    Ok(if held > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
