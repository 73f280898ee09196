//! 办理期限: how long each step may take, with the row and the document that says so; written by one, agreed to by another.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        AidError, Refusal,
        commands::procedure::{NewProcedure, decide, propose},
        procedure::{Limit, in_force},
        store,
    },
    authority::Worker,
    calendar::{local_date, say},
    ids::{ProcedureId, RegionCode},
    region::Regions,
};
use notify::words::refusal;
use serde::Deserialize;

use super::proposal::{self, About, Hands, Pressed, place};
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines in the list.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "console/procedure.html")]
struct Page {
    frame: Frame,
    place: String,
    lines: Vec<Line>,
    written: Vec<(String, String, &'static str)>,
    limits: Vec<(&'static str, &'static str)>,
    typed: Typed,
}

/// A step, and what is in force for it.
struct Line {
    step: &'static str,
    days: String,
    place: String,
    since: String,
    source: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    limit: String,
    days: String,
    from: String,
    source: String,
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, RegionCode, Worker), PageError> {
    let (region, worker) = place(by).await?;
    let (today, regions) = (local_date(app.clock.now()), Regions::load(&app.db).await?);
    let named = |code: &RegionCode| {
        regions.find(code, today).map_or_else(|| code.to_string(), |found| found.name.clone())
    };
    let rows = store::procedure::all(&app.db).await?;
    let line = |limit: Limit| match in_force(&rows, limit, &region, today) {
        Some(set) => Line {
            step: limit.label(),
            days: limit.says(set.value),
            place: named(&set.row.region),
            since: say::full_date(set.row.valid_from),
            source: set.row.source.clone(),
        },
        None => Line {
            step: limit.label(),
            days: "还没有定".to_owned(),
            place: String::new(),
            since: String::new(),
            source: String::new(),
        },
    };
    let written = store::procedure::written(&app.db, &region, SHOWN).await?.into_iter().map(|row| {
        let words = format!(
            "{}{}{}，{}起",
            named(&row.region),
            row.limit_of.label(),
            row.limit_of.says(row.value),
            say::full_date(row.valid_from)
        );
        (row.id.to_string(), words, row.state.label())
    });
    let page = Page {
        frame: by.frame().console_at("/console/clocks").titled("办理期限"),
        place: regions.full_name(&region, today),
        lines: Limit::all().map(line).collect(),
        written: written.collect(),
        limits: Limit::all().map(|limit| (limit.code(), limit.label())).collect(),
        typed,
    };
    Ok((page, region, worker))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let from = local_date(app.clock.now()).to_string();
    html(&show(&app, &by, Typed { from, ..Typed::default() }).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, region, worker) = show(&app, &by, typed.clone()).await?;
    let mistakes = match read(&typed, region) {
        Err(mistakes) => mistakes,
        Ok(new) => match propose(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(row) => return Ok(see_other(&format!("/console/procedure/{}", row.id))),
            Err(AidError::Refused(no)) => {
                let field = if no == Refusal::StandardInThePast { "from" } else { "days" };
                Mistakes::one(field, refusal::aid(&no).replace('\n', ""))
            }
            Err(error) => return Err(page_error(error)),
        },
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

fn read(typed: &Typed, region: RegionCode) -> Result<NewProcedure, Mistakes> {
    let mut mistakes = Mistakes::new();
    let limit = mistakes.need("limit", Limit::parse(&typed.limit).ok_or("请选哪一步"));
    let days = mistakes.need("days", typed.days.trim().parse::<i32>().or(Err("请写一个数")));
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    if typed.source.trim().is_empty() {
        mistakes.add("source", "请写文件号");
    }
    let (Some(limit), Some(value), Some(valid_from), true) = (limit, days, from, mistakes.is_empty()) else {
        return Err(mistakes);
    };
    Ok(NewProcedure { region, limit, valid_from, value, source: typed.source.clone() })
}

pub(super) async fn shown(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: ProcedureId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::procedure::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let _: Worker = by.prove(it.region.clone()).await?;
    let today = local_date(app.clock.now());
    let rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("哪一步", it.limit_of.label()),
        Answer::new("多少", it.limit_of.says(it.value)),
        Answer::new("从哪天起", say::full_date(it.valid_from)),
        Answer::new("依据", it.source),
    ];
    let what = About {
        title: "一条期限",
        back: ("/console/procedure", "办理期限"),
        at: format!("/console/procedure/{id}"),
    };
    let hands = Hands { state: it.state, first: it.proposed_by.as_ref(), second: it.decided_by.as_ref() };
    proposal::shown((&app, &by), what, rows, hands).await
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: ProcedureId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::procedure::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = posted.by.prove(it.region).await?;
    let decided = (id, posted.form.agrees()?);
    decide(&app.db, &app.cx, &worker, decided, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/procedure/{id}"), Said::Kept))
}
