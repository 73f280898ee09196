//! Prepares what `tests/load` measures on: an invented county, meetings that are open now, and members who are signed in.
//! Usage: `load CONFIG MEETINGS > members.tsv`; a line is a session's cookie, its form token and a meeting's address.

use std::{collections::HashMap, io::Write as _, path::Path};

use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use domain::{
    account,
    branch::{NewMeeting, Obligation, meeting, officer, store},
    calendar::local_date,
    ids::{BranchId, MeetingId, RegionCode},
    seed::{self, Size},
    session,
};
use server::{app::App, clock::Clock, config};

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut arguments = std::env::args().skip(1);
    let config = arguments.next().context("usage: load CONFIG MEETINGS")?;
    let meetings: usize = arguments.next().context("usage: load CONFIG MEETINGS")?.parse()?;
    let config = config::load(Some(Path::new(&config)), &[])?.config;
    let app = App::build(config, Clock::System).await?;
    seed::load(&app.db, &app.cx, Size::County, app.clock.now(), &|_, _| {}).await?;

    let (now, today) = (app.clock.now(), local_date(app.clock.now()));
    let county = RegionCode::parse("330106").context("the seed's county")?;
    let branches = store::of_region(&app.db, &county, today).await?;
    let branches: Vec<BranchId> = branches.iter().map(|branch| branch.id).collect();
    let planned = plan(&app, &branches, meetings, now).await?;

    let members = store::members(&app.db, &branches, today).await?;
    let persons: Vec<_> = members.iter().map(|member| member.person_id).collect();
    let accounts = account::store::of_persons(&app.db, &persons).await?;
    let accounts: HashMap<_, _> =
        accounts.into_iter().filter_map(|account| Some((account.person_id?, account.id))).collect();
    let mut lines = Vec::new();
    for member in members {
        let (Some(account), Some(planned)) =
            (accounts.get(&member.person_id), planned.get(&member.branch_id))
        else {
            continue;
        };
        let Ok(opened) = session::open(&app.db, &app.cx, account, None, now).await else { continue };
        for meeting in planned {
            let token = opened.token.reveal();
            lines.push(format!("{token}\t{}\t/branch/meetings/{meeting}", opened.token.csrf().as_str()));
        }
    }
    // Whose turn is next must not depend on the branch: neighbours would meet in the same rows.
    lines.sort_unstable_by(|a, b| a.get(44..).cmp(&b.get(44..)));
    std::io::stdout().write_all(lines.join("\n").as_bytes())?;
    Ok(())
}

/// In each branch that has a secretary with a login.
async fn plan(
    app: &App,
    branches: &[BranchId],
    meetings: usize,
    now: DateTime<Utc>,
) -> anyhow::Result<HashMap<BranchId, Vec<MeetingId>>> {
    let mut planned: HashMap<BranchId, Vec<MeetingId>> = HashMap::new();
    for post in store::secretaries(&app.db, branches, local_date(now)).await? {
        let holder = account::store::of_person(&app.db, post.person_id).await?;
        let Some(holder) = holder else { continue };
        let Some(secretary) = officer::prove(&app.db, &holder.id, post.branch_id, now).await? else {
            continue;
        };
        for number in 1..=meetings {
            let new = NewMeeting {
                title: format!("第{number}组学习"),
                starts_at: now,
                ends_at: now + Duration::hours(3),
                place: "支部活动室".to_owned(),
                description: String::new(),
                claims: Vec::<Obligation>::new(),
            };
            let made = meeting::plan(&app.db, &app.cx, &secretary, new, now).await?;
            planned.entry(post.branch_id).or_default().push(made.id);
        }
    }
    Ok(planned)
}
