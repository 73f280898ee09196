//! Floors: the list with the form for a new one, and one with whom it would raise or has raised.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    authority::{Role, Worker},
    calendar::{local_date, say},
    ids::{PersonId, RegionCode, TreatmentFloorId},
    person::{
        self,
        fact::{FactKind, Level},
        period::Period,
    },
    treatment::{
        FloorError, FloorRefusal, FloorState, NewFloor, TreatmentFloor,
        commands::{apply, decide, propose as propose_it},
        simulate, store,
    },
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of the list of people; a province has thousands.
const SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "treatment/list.html")]
struct List {
    frame: Frame,
    floors: Vec<(String, String, &'static str)>,
    typed: Typed,
    periods: Vec<(&'static str, &'static str)>,
    dimensions: Vec<(String, &'static str)>,
    levels: Vec<(String, &'static str)>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    period: String,
    dimension: String,
    level: String,
    from: String,
    basis: String,
}

const fn state(floor: &TreatmentFloor) -> &'static str {
    match floor.state {
        FloorState::Proposed => "待审核",
        FloorState::Approved => "已审核，没有执行",
        FloorState::Refused => "不同意",
        FloorState::Applied => "已执行",
    }
}

fn words(floor: &TreatmentFloor) -> String {
    format!("{}，{}不低于{}", floor.period.label(), floor.dimension.label(), floor.level.label())
}

async fn list_page(app: &App, by: &SignedIn, typed: Typed) -> Result<(List, RegionCode, Worker), PageError> {
    let grants = by.grants().await?;
    let widest = grants.regions(Role::Worker).min_by_key(|code| code.as_str().len());
    let region = widest.cloned().ok_or(PageError::NotFound)?;
    let worker = Worker::among(&grants, region.clone()).ok_or(PageError::NotFound)?;
    let floors = store::of_region(&app.db, &region).await?;
    let page = List {
        frame: by.frame().console_at("/console/floors").titled("待遇底线"),
        floors: floors.iter().map(|floor| (floor.id.to_string(), words(floor), state(floor))).collect(),
        typed,
        periods: Period::ALL.into_iter().map(|period| (period.code(), period.label())).collect(),
        dimensions: FactKind::all()
            .filter(|kind| kind.is_treatment())
            .map(|kind| (kind.code(), kind.label()))
            .collect(),
        levels: Level::all().map(|level| (level.code(), level.label())).collect(),
    };
    Ok((page, region, worker))
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let from = local_date(app.clock.now()).to_string();
    html(&list_page(&app, &by, Typed { from, ..Typed::default() }).await?.0)
}

pub(super) async fn propose(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, region, worker) = list_page(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let period = mistakes.need("period", Period::parse(&typed.period).ok_or("请选时期"));
    let dimension = mistakes.need("dimension", FactKind::parse(&typed.dimension).ok_or("请选哪种待遇"));
    let level = mistakes.need("level", Level::parse(&typed.level).ok_or("请选级别"));
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    if typed.basis.trim().is_empty() {
        mistakes.add("basis", "请写文件号");
    }
    let (true, Some(period), Some(dimension), Some(level), Some(from_on)) =
        (mistakes.is_empty(), period, dimension, level, from)
    else {
        return mistaken(&List { frame: page.frame.with(mistakes), ..page });
    };
    let new = NewFloor { region, period, dimension, level, from_on, basis: typed.basis.clone() };
    match propose_it(&app.db, &app.cx, &worker, new, app.clock.now()).await {
        Ok(floor) => Ok(see_other(&format!("/console/floors/{}", floor.id))),
        Err(FloorError::Refused(refusal)) => {
            let mistakes = Mistakes::one("period", said(refusal));
            mistaken(&List { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(floor_error(error)),
    }
}

const fn said(refusal: FloorRefusal) -> &'static str {
    match refusal {
        FloorRefusal::Dimension => "请选一种待遇",
        FloorRefusal::NoBasis => "请写文件号",
        FloorRefusal::Exists => "同一天起的这条底线已经有了",
        FloorRefusal::SamePerson => "自己写的底线，请另一位同志审核",
        FloorRefusal::NotNow => "这条底线已经办到下一步了",
    }
}

fn floor_error(error: FloorError) -> PageError {
    match error {
        FloorError::NotFound => PageError::NotFound,
        FloorError::Refused(refusal) => PageError::Refused(format!("{}。", said(refusal))),
        FloorError::Db(error) => error.into(),
    }
}

#[derive(Template)]
#[template(path = "treatment/floor.html")]
struct Page {
    frame: Frame,
    id: String,
    rows: Vec<Answer>,
    heading: String,
    people: Vec<Line>,
    buttons: Vec<(&'static str, &'static str)>,
    mine: bool,
}

struct Line {
    href: String,
    name: String,
    before: &'static str,
    after: &'static str,
}

async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(TreatmentFloor, Worker), PageError> {
    let id: TreatmentFloorId = id.parse().or(Err(PageError::NotFound))?;
    let floor = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = by.prove(floor.region.clone()).await?;
    Ok((floor, worker))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (floor, _) = reached(&app, &by, &path).await?;
    let mine = floor.proposed_by == by.account.id;
    let done = floor.state == FloorState::Applied;
    let raises: Vec<(PersonId, Option<Level>, Level)> = if done {
        let rows = store::raised(&app.db, floor.id).await?;
        rows.into_iter().map(|row| (row.person_id, row.before, row.after)).collect()
    } else {
        let would = simulate(&app.db, &floor, app.clock.now()).await?;
        would.into_iter().map(|raise| (raise.person, raise.before, raise.after)).collect()
    };
    let ids: Vec<PersonId> = raises.iter().map(|(person, ..)| *person).take(SHOWN).collect();
    let names: HashMap<PersonId, String> = person::store::find_all(&app.db, &ids)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let all = raises.len();
    let people = raises.into_iter().take(SHOWN).map(|(id, before, after)| Line {
        href: format!("/console/people/{id}"),
        name: names.get(&id).cloned().unwrap_or_default(),
        before: before.map_or("没有登记", Level::label),
        after: after.label(),
    });
    html(&Page {
        frame: by.frame().console_at("/console/floors").titled("待遇底线"),
        id: floor.id.to_string(),
        rows: vec![
            Answer::new("底线", words(&floor)),
            Answer::new("从哪一天起", say::full_date(floor.from_on)),
            Answer::new("依据", floor.basis.clone()),
            Answer::new("状态", state(&floor)),
        ],
        heading: format!("{}，共{all}人", if done { "提高了这些人" } else { "会提高这些人" }),
        people: people.collect(),
        buttons: match floor.state {
            FloorState::Proposed if !mine => vec![("agree", "同意"), ("refuse", "不同意")],
            FloorState::Approved => vec![("apply", "执行")],
            FloorState::Applied => vec![("apply", "为后来的人再执行")],
            _ => Vec::new(),
        },
        mine: mine && floor.state == FloorState::Proposed,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let (floor, worker) = reached(&app, &posted.by, &path).await?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), floor.id);
    match posted.form.act.as_str() {
        "agree" => decide(db, cx, &worker, (id, true), now).await.map_err(floor_error)?,
        "refuse" => decide(db, cx, &worker, (id, false), now).await.map_err(floor_error)?,
        "apply" => drop(apply(db, cx, &worker, id, now).await.map_err(floor_error)?),
        _ => return Err(PageError::NotFound),
    }
    Ok(see_other_saying(&format!("/console/floors/{id}"), Said::Kept))
}
