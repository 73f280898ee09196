//! 住院: who is in hospital and has not been visited for it; noting that somebody is, and that he has gone home.

use std::collections::HashSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    calendar::{local_date, say},
    ids::{OutreachStayId, PersonId},
    outreach::{
        OutreachError, Stay,
        commands::stay::{self, note},
        store,
    },
    person,
};
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    person::reached,
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/stays.html")]
struct List {
    frame: Frame,
    today: NaiveDate,
    lines: Vec<Line>,
}

struct Line {
    id: OutreachStayId,
    person: PersonId,
    name: String,
    words: String,
    open: bool,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by).await?;
    let (scopes, today) = (reader.worked(), local_date(app.clock.now()));
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let stays = store::stay::recent(&app.db, &scopes, today).await?;
    let rounds: Vec<String> = stays.iter().map(Stay::round).collect();
    let planned: HashSet<String> = store::entry::planned(&app.db, &rounds).await?.into_iter().collect();
    let mut lines = Vec::new();
    for stay in &stays {
        let Some(person) = person::store::find(&app.db, stay.person_id).await? else { continue };
        let home = stay.to_on.map_or_else(String::new, |on| format!("，{}出院", say::date(on, today)));
        let seen = if planned.contains(&stay.round()) { "已列入计划" } else { "还没有列入计划" };
        lines.push(Line {
            id: stay.id,
            person: person.id,
            name: person.name,
            words: format!("{}住院{home}，{seen}", say::date(stay.from_on, today)),
            open: stay.to_on.is_none(),
        });
    }
    html(&List { frame: frame(&by, "住院的同志"), today, lines })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    on: String,
}

async fn ended(app: &App, by: &SignedIn, (id, on): (OutreachStayId, NaiveDate)) -> Result<(), PageError> {
    let reader = Reader::of(by).await?;
    let stay = store::stay::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let place = person::store::place_of(&app.db, stay.person_id).await?.ok_or(PageError::NotFound)?;
    let worker = reader.worker(place)?;
    stay::end(&app.db, &app.cx, &worker, (id, on), app.clock.now()).await.map_err(page_error)
}

/// Somebody has gone home.
pub(super) async fn end(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let id = path.parse().or(Err(PageError::NotFound))?;
    let on = posted.form.on.parse().unwrap_or_else(|_| local_date(app.clock.now()));
    ended(&app, &posted.by, (id, on)).await?;
    Ok(see_other_saying("/console/outreach/stays", Said::Kept))
}

#[derive(Template)]
#[template(path = "outreach/stay.html")]
struct Page {
    frame: Frame,
    person: PersonId,
    typed: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: String) -> Result<Page, PageError> {
    let it = reached(app, by, id).await?;
    Reader::of(by).await?;
    let title = format!("{}住院了", it.person.name);
    Ok(Page { frame: frame(by, title), person: it.person.id, typed })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let today = local_date(app.clock.now()).to_string();
    html(&page(&app, &by, &path, today).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let it = reached(&app, &by, &path).await?;
    let page = page(&app, &by, &path, form.on.clone()).await?;
    let Ok(on) = form.on.parse::<NaiveDate>() else {
        return mistaken(&Page {
            frame: page.frame.with(Mistakes::one("on", "请写哪一天住院的")), ..page
        });
    };
    match note(&app.db, &app.cx, &it.worker, (it.person.id, on), app.clock.now()).await {
        Ok(_) => Ok(see_other_saying("/console/outreach/stays", Said::Kept)),
        Err(OutreachError::Refused(no)) => {
            mistaken(&Page { frame: page.frame.with(Mistakes::one("on", said(&no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
