//! The exports of a worker's places, and the form that asks for another one.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    authority::{Grants, Scope, Worker},
    calendar::{local_date, say},
    export::{
        Export, Filter, Purpose, Seen,
        commands::{ExportError, NewExport, request},
        store,
    },
    person::Retirement,
    segment::{Book, Reader},
};
use serde::Deserialize;

use super::words::{page_error, refused, tag, which};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Tag, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "export/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    purposes: Vec<Choice>,
    /// The reader takes out whom he sees in part.
    in_part: bool,
    segments: Vec<Choice>,
    typed: Asked,
}

struct Line {
    id: String,
    purpose: &'static str,
    which: String,
    when: String,
    rows: i32,
    tag: Tag,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    purpose: String,
    retirement: String,
    alone: String,
    segment: String,
    dead: String,
    complete: String,
}

/// By the grant that an export would be made under.
fn in_part(grants: &Grants, today: NaiveDate) -> bool {
    let of_a_tree = |worker: &Worker| !matches!(worker.scope(), Scope::Region(_) | Scope::Unit(_));
    Worker::somewhere(grants).as_ref().is_some_and(of_a_tree) && Seen::of(grants, today).in_part()
}

async fn list(app: &App, by: &SignedIn, typed: Asked) -> Result<List, PageError> {
    let (grants, now) = (by.grants().await?, app.clock.now());
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let in_part = in_part(&grants, local_date(now));
    let book = Book::load(&app.db).await?;
    // Who is in a segment is a matter of the whole record.
    let segments = match Reader::of(&app.db, &grants).await?.filter(|_| !in_part) {
        Some(reader) => choices(&book, &reader, local_date(now)),
        None => Vec::new(),
    };
    let line = |export: Export| Line {
        id: export.id.to_string(),
        purpose: export.purpose.label(),
        which: which(&export, &book),
        when: say::moment(export.created_at, now),
        rows: export.rows,
        tag: tag(export.status),
    };
    Ok(List {
        frame: by.frame().console_at("/console/exports").titled("导出名册"),
        lines: store::latest(&app.db, &grants, 50).await?.into_iter().map(line).collect(),
        in_part,
        purposes: Purpose::all().map(|purpose| Choice::new(purpose.code(), purpose.label())).collect(),
        segments,
        typed,
    })
}

/// The segments that there are for the reader.
fn choices(book: &Book, reader: &Reader, today: NaiveDate) -> Vec<Choice> {
    let there = book.in_force(today).into_iter().filter(|it| reader.finds(book, it.segment.id).is_some());
    there.map(|it| Choice::new(it.segment.id.to_string(), it.version.name)).collect()
}

/// Somebody may come from the list of a segment.
pub(super) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let typed = Asked { segment: asked.into_inner().segment, ..Asked::default() };
    html(&list(&app, &by, typed).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Asked>) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let worker = Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let form = posted.form;
    let Some(purpose) = Purpose::parse(&form.purpose) else {
        let page = list(&app, &posted.by, form).await?;
        return again(page, "请选用来做什么");
    };
    let retirement = match form.retirement.as_str() {
        "veteran" => Some(Retirement::Veteran),
        "retired" => Some(Retirement::Retired),
        _ => None,
    };
    let segment = match form.segment.as_str() {
        "" => None,
        id => Some(id.parse().or(Err(PageError::NotFound))?),
    };
    let (living_alone, dead) = (!form.alone.is_empty(), !form.dead.is_empty());
    let filter = Filter { retirement, living_alone, dead, segment };
    let new = NewExport { purpose, filter, complete: !form.complete.is_empty() };
    let now = app.clock.now();
    let seen = Seen::of(&grants, local_date(now));
    match request(&app.db, &app.cx, &worker, (new, &seen), now).await {
        Ok(export) => Ok(see_other(&format!("/console/exports/{}", export.id))),
        Err(ExportError::Refused(rule)) => {
            let page = list(&app, &posted.by, form).await?;
            again(page, refused(rule))
        }
        Err(error) => Err(page_error(error)),
    }
}

fn again(page: List, words: &str) -> Result<HttpResponse, PageError> {
    let frame = page.frame.with(Mistakes::one("purpose", words));
    mistaken(&List { frame, ..page })
}
