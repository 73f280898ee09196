//! Recording a death, and ticking off what it leaves to do.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    ids::DeathTaskId,
    person::{
        PersonError,
        after_death::{commands, store},
        death::record_death,
    },
};
use notify::words::person as say;
use serde::Deserialize;

use super::words::{Reached, at, person_error, reached};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/death.html")]
struct Page {
    frame: Frame,
    href: String,
    name: String,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    on: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let page = Page {
        frame: by.frame().console_at("/console/people").titled("登记去世"),
        href: at(it.person.id),
        name: it.person.name.clone(),
        typed,
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, &path, Typed::default()).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let again = |words: String| {
        mistaken(&Page {
            frame: page.frame.clone().with(Mistakes::one("on", words)),
            href: page.href.clone(),
            name: page.name.clone(),
            typed: typed.clone(),
        })
    };
    let Ok(on) = typed.on.parse::<NaiveDate>() else { return again("请写去世的日期".to_owned()) };
    match record_death(&app.db, &app.cx, &it.worker, it.person.id, on, app.clock.now()).await {
        Ok(()) => Ok(see_other_saying(&page.href, Said::Kept)),
        Err(PersonError::Refused(refusal)) => again(say::person(refusal).replace('\n', "")),
        Err(error) => Err(person_error(error)),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    note: String,
}

pub(super) async fn done(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Done>,
) -> Result<HttpResponse, PageError> {
    let id: DeathTaskId = path.parse().or(Err(PageError::NotFound))?;
    let task = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(&app, &posted.by, &task.person_id.to_string()).await?;
    let now = app.clock.now();
    commands::done(&app.db, &app.cx, &it.worker, (id, &posted.form.note), now).await.map_err(person_error)?;
    Ok(see_other_saying(&at(it.person.id), Said::Kept))
}
