//! `directory sync`: a walk at the machine, with the same rules as at night.

use std::process::ExitCode;

use anyhow::bail;
use domain::directory::{Change, Kind, Rail, State, diff, store};

use crate::{
    app::{self, App},
    clock::Clock,
    config::Config,
    jobs::directory::{Directory, walk},
    terminal::say,
};

/// 0: written, or nothing to write; 2: it stopped, and somebody is asked on the desk.
pub(super) async fn sync(config: Config, dry_run: bool) -> anyhow::Result<ExitCode> {
    if dry_run {
        return compare(&config).await;
    }
    let app = App::build(config, Clock::System).await?;
    let settings = app.config.directory.clone();
    let (db, cx, client) = (app.db.clone(), app.cx.clone(), app.dingtalk.clone());
    let job = Directory { db, cx, client, settings };
    let Some(run) = job.sync(app.clock.now()).await? else { bail!("another walk is under way") };
    for kind in Kind::REPORTED {
        count(kind, store::count(&app.db, run.id, kind).await?);
    }
    if run.state == State::Asked {
        say(format!(
            "共{}个账号，其中{}个在通讯录里没有了，超过设定的比例：什么都没有写入，等系统管理员在工作台答复。",
            run.known, run.removals
        ));
        return Ok(ExitCode::from(2));
    }
    say(format!("核对完了：{}人，{}个部门。", run.people, run.departments));
    Ok(ExitCode::SUCCESS)
}

/// Writes nothing of what it sees, not even that it was here.
async fn compare(config: &Config) -> anyhow::Result<ExitCode> {
    let db = app::connect(config).await?;
    if !schema::pending(&db).await?.is_empty() {
        bail!("the tables are not up to date; run `yinling migrate` first");
    }
    let client = app::client(config, &Clock::System, Some(&db))?;
    let known = store::known(&db).await?;
    let seen = walk(&client).await?;
    let changes = diff(&known, &seen);
    let of = |kind: Kind| changes.iter().filter(move |change| change.kind() == kind);
    for kind in Kind::REPORTED {
        count(kind, u64::try_from(of(kind).count())?);
        for change in of(kind) {
            say(format!("    {}", subject(change)));
        }
    }
    let rail = Rail { percent: config.directory.removal_percent, unasked: config.directory.removals_unasked };
    let stops = rail.stops(known.people.len(), of(Kind::Left).count());
    say(if stops {
        "超过设定的比例，真正核对时会停下来问。"
    } else {
        "没有写入任何东西。"
    });
    Ok(ExitCode::SUCCESS)
}

/// Ids only: what scrolls by on a terminal is kept in many places.
fn subject(change: &Change) -> String {
    match change {
        Change::DepartmentMade { department, .. }
        | Change::DepartmentGone { department, .. }
        | Change::DepartmentRenamed { department, .. }
        | Change::DepartmentMoved { department, .. } => department.to_string(),
        other => other.account().map(ToString::to_string).unwrap_or_default(),
    }
}

fn count(kind: Kind, count: u64) {
    if count > 0 {
        say(format!("{}：{count}", kind.label()));
    }
}
