//! `rotation`: another key. The server does it by itself; this says how far it is, or does it now.

use std::process::ExitCode;

use domain::{
    privacy::Sealer,
    rotation::{self, Step, usage},
};

use crate::{
    app,
    clock::Clock,
    config::Config,
    keys,
    terminal::{complain, say},
};

/// Says which key is used how often. 1 when something is sealed with a key that is not there.
pub(super) async fn status(config: &Config) -> anyhow::Result<ExitCode> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    let used = usage::by_key(&db).await?;
    let mut code = ExitCode::SUCCESS;
    for (kind, file, ids) in [
        (usage::Kind::Sealing, "keys.seal_file", cx.seal.key_ids()),
        (usage::Kind::Index, "keys.index_file", cx.seal.index_ids()),
    ] {
        for (place, id) in ids.iter().enumerate() {
            let count = used.get(&(kind, (*id).to_owned())).copied().unwrap_or_default();
            let what = match (place, count) {
                (0, _) => "the newest",
                (_, 0) => "may be taken out",
                _ => "still needed",
            };
            say(format!("{file}: {}: {count} values, {what}", named(id)));
        }
        for ((_, id), count) in
            used.iter().filter(|((other, id), _)| *other == kind && !ids.contains(&id.as_str()))
        {
            complain(format!("{file} has no {}, and {count} values need it", named(id)));
            code = ExitCode::FAILURE;
        }
    }
    if let Some(row) = rotation::find(&db, &cx.seal).await? {
        say(match row.finished_at {
            Some(_) => format!("finished: {} values were sealed anew", row.done),
            None => format!("under way: {} of {}", row.done, row.total),
        });
    }
    Ok(code)
}

fn named(id: &str) -> String {
    if id.is_empty() { "the key without a name".to_owned() } else { format!("key {id}") }
}

/// Does all of it now, beside the servers.
pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
    let (mut done, mut said) = (0, 0);
    while let Step::Went(values) = rotation::step(&db, &cx, Clock::System.now()).await? {
        done += values;
        if done >= said + 10_000 {
            said = done;
            say(format!("{done} values so far"));
        }
    }
    say(format!("nothing uses another key than {}: {done} values were sealed anew", newest(&cx.seal)));
    Ok(ExitCode::SUCCESS)
}

fn newest(seal: &Sealer) -> String {
    named(seal.newest())
}
