//! 走访时的诉求, at the desk. Reading the words is recorded.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::OutreachVisitId,
    outreach::{OutreachError, commands::request, store},
    person::leader::Discretion,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of the list.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "outreach/requests.html")]
struct List {
    frame: Frame,
    lines: Vec<(String, String, String)>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by).await?;
    let (scopes, today) = (reader.worked(), local_date(app.clock.now()));
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let mut lines = Vec::new();
    for visit in store::visit::asked_in(&app.db, &scopes, MOST).await? {
        let Some(entry) = store::entry::find(&app.db, visit.entry_id).await? else { continue };
        let known = reader.people(&app, std::slice::from_ref(&entry)).await?;
        if let Some(person) = known.get(&entry.person_id) {
            lines.push((visit.id.to_string(), person.name.clone(), say::date(visit.on_day, today)));
        }
    }
    html(&List { frame: frame(&by, "走访时的诉求"), lines })
}

#[derive(Template)]
#[template(path = "outreach/request.html")]
struct Page {
    frame: Frame,
    id: OutreachVisitId,
    entry: String,
    said: String,
    answer: Option<String>,
    typed: String,
}

async fn shown(app: &App, by: &SignedIn, id: &str, typed: String) -> Result<Page, PageError> {
    let id: OutreachVisitId = id.parse().or(Err(PageError::NotFound))?;
    let visit = store::visit::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let (reader, entry, _, person, worker) = Reader::entry(app, by, &visit.entry_id.to_string()).await?;
    let words = request::read(&app.db, &app.cx, &worker, id, app.clock.now()).await.map_err(page_error)?;
    let discretion = Discretion::towards(&app.db, &reader.grants).await?;
    Ok(Page {
        frame: frame(by, format!("{}的诉求", person.name)),
        id,
        entry: entry.id.to_string(),
        said: discretion.says(words.said.expose_secret()),
        answer: words.answer.map(|answer| discretion.says(answer.expose_secret())),
        typed,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&shown(&app, &by, &path, String::new()).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    answer: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let id: OutreachVisitId = path.parse().or(Err(PageError::NotFound))?;
    let visit = store::visit::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let (.., worker) = Reader::entry(&app, &by, &visit.entry_id.to_string()).await?;
    match request::answer(&app.db, &app.cx, &worker, (id, &form.answer), app.clock.now()).await {
        Ok(()) => Ok(see_other_saying("/console/outreach/requests", Said::Kept)),
        Err(OutreachError::Refused(no)) => {
            let page = shown(&app, &by, &path, form.answer).await?;
            mistaken(&Page { frame: page.frame.with(Mistakes::one("answer", said(&no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
