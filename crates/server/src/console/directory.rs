//! 通讯录核对: what a walk found, and the question whether so many have really left.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::SystemAdmin,
    calendar::say,
    directory::{
        Change, Department, Kind, Run, State,
        commands::{Answer, DecideError, decide},
        store,
    },
    ids::{AccountId, DepartmentId, DirectoryRunId},
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

/// Rows of one kind on a page; the count says how many there are.
const ROWS: u64 = 100;
/// Walks in the list.
const RUNS: u64 = 30;

#[derive(Template)]
#[template(path = "console/directory.html")]
struct Page {
    frame: Frame,
    asked: Option<DirectoryRunId>,
    shown: Option<Shown>,
    runs: Vec<Listed>,
}

struct Shown {
    when: String,
    tag: Tag,
    known: i64,
    people: i64,
    departments: i64,
    removals: i64,
    sections: Vec<Section>,
}

struct Section {
    label: &'static str,
    count: u64,
    lines: Vec<Line>,
}

struct Line {
    who: String,
    id: String,
    what: String,
}

struct Listed {
    id: DirectoryRunId,
    when: String,
    state: &'static str,
    removals: i64,
}

/// The question if one is open, else the newest walk.
pub(super) async fn newest(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    admin(&by).await?;
    let runs = store::runs(&app.db, RUNS).await?;
    let asked = runs.iter().find(|run| run.state == State::Asked).or_else(|| runs.first()).cloned();
    html(&show(&app, &by, asked, runs).await?)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    admin(&by).await?;
    let run = run(&app, &path).await?;
    let runs = store::runs(&app.db, RUNS).await?;
    html(&show(&app, &by, Some(run), runs).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    answer: String,
}

pub(super) async fn answer(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let admin = admin(&posted.by).await?;
    let run = run(&app, &path).await?;
    let answer = match posted.form.answer.as_str() {
        "approve" => Answer::Approve,
        "refuse" => Answer::Refuse,
        _ => return Err(PageError::Stale),
    };
    let said = match decide(&app.db, &app.cx, &admin, run.id, answer, app.clock.now()).await {
        Ok(()) => Said::Kept,
        Err(DecideError::Already) => Said::Already,
        Err(DecideError::NotFound) => return Err(PageError::NotFound),
        Err(DecideError::Db(error)) => return Err(error.into()),
    };
    Ok(see_other_saying(&format!("/console/directory/{}", run.id), said))
}

/// Nobody else may know of it: the whole tenant stands there.
async fn admin(by: &SignedIn) -> Result<SystemAdmin, PageError> {
    SystemAdmin::somewhere(&by.grants().await?).ok_or(PageError::NotFound)
}

async fn run(app: &App, id: &str) -> Result<Run, PageError> {
    let id: DirectoryRunId = id.parse().or(Err(PageError::NotFound))?;
    store::find(&app.db, id).await?.ok_or(PageError::NotFound)
}

async fn show(app: &App, by: &SignedIn, run: Option<Run>, runs: Vec<Run>) -> Result<Page, PageError> {
    let now = app.clock.now();
    let when = |run: &Run| say::moment(run.started_at, now);
    let listed =
        |run: &Run| Listed { id: run.id, when: when(run), state: run.state.label(), removals: run.removals };
    let shown = match &run {
        None => None,
        Some(run) => Some(Shown {
            when: when(run),
            tag: tag(run.state),
            known: run.known,
            people: run.people,
            departments: run.departments,
            removals: run.removals,
            sections: sections(app, run).await?,
        }),
    };
    Ok(Page {
        frame: by.frame().console().titled("通讯录核对"),
        asked: run.filter(|run| run.state == State::Asked).map(|run| run.id),
        shown,
        runs: runs.iter().map(listed).collect(),
    })
}

const fn tag(state: State) -> Tag {
    match state {
        State::Asked | State::Failed => Tag::attention(state.label()),
        State::Walking | State::Applying => Tag::waiting(state.label()),
        State::Applied => Tag::good(state.label()),
        State::Refused | State::Superseded => Tag::quiet(state.label()),
    }
}

async fn sections(app: &App, run: &Run) -> Result<Vec<Section>, PageError> {
    let departments = store::departments(&app.db).await?;
    let mut sections = Vec::new();
    for kind in Kind::REPORTED {
        let count = store::count(&app.db, run.id, kind).await?;
        if count == 0 {
            continue;
        }
        let rows = store::changes(&app.db, run.id, kind, ROWS).await?;
        let accounts: Vec<AccountId> = rows.iter().filter_map(|row| row.what.account().cloned()).collect();
        let names = store::names(&app.db, &accounts).await?;
        let lines = rows.iter().map(|row| line(&row.what, &names, &departments)).collect();
        sections.push(Section { label: kind.label(), count, lines });
    }
    Ok(sections)
}

fn line(
    change: &Change,
    names: &BTreeMap<AccountId, String>,
    departments: &BTreeMap<DepartmentId, Department>,
) -> Line {
    let name = |id: &DepartmentId| departments.get(id).map_or_else(|| id.to_string(), |it| it.name.clone());
    let all = |ids: &BTreeSet<DepartmentId>| ids.iter().map(&name).collect::<Vec<_>>().join("、");
    let parent = |id: &Option<DepartmentId>| id.as_ref().map_or_else(|| "最上级".to_owned(), &name);
    let login = |account: &AccountId, what: String| Line {
        who: names.get(account).cloned().unwrap_or_default(),
        id: account.to_string(),
        what,
    };
    let department = |id: &DepartmentId, who: String, what: String| Line { who, id: id.to_string(), what };
    match change {
        Change::Joined { account, name, departments, .. } => {
            Line { who: name.clone(), id: account.to_string(), what: all(departments) }
        }
        Change::Left { account } | Change::Unlinked { account } | Change::LeaverLinked { account, .. } => {
            login(account, String::new())
        }
        Change::Renamed { account, from, to, .. } => login(account, format!("{from} → {to}")),
        Change::Moved { account, from, to } => login(account, format!("{} → {}", all(from), all(to))),
        Change::Placed { account, to } => login(account, all(to)),
        Change::DepartmentMade { department: id, name, parent: above } => {
            department(id, name.clone(), format!("在{}下", parent(above)))
        }
        Change::DepartmentGone { department: id, name } => department(id, name.clone(), String::new()),
        Change::DepartmentRenamed { department: id, from, to } => {
            department(id, to.clone(), format!("{from} → {to}"))
        }
        Change::DepartmentMoved { department: id, from, to } => {
            department(id, name(id), format!("{} → {}", parent(from), parent(to)))
        }
    }
}
