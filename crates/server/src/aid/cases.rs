//! One's requests: where they stand, what comes next, and the way back.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{commands, progress, view::ForApplicant},
    calendar::{local_date, say},
    ids::CaseId,
};
use serde::Deserialize;

use super::words::page_error;
use crate::{
    app::App,
    branch::Pressed,
    page::{Brand, Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/cases.html")]
struct List {
    frame: Frame,
    cases: Vec<ForApplicant>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let cases = progress::progress(&app.db, &by.account.id, app.clock.now()).await?;
    html(&List { frame: by.frame().branded(Brand::Care), cases })
}

#[derive(Template)]
#[template(path = "aid/case.html")]
struct Page {
    frame: Frame,
    case: ForApplicant,
    sent: bool,
    next_by: Option<String>,
    past: Vec<(&'static str, String)>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Came {
    sent: Option<String>,
}

async fn one(app: &App, by: &SignedIn, id: &str) -> Result<ForApplicant, PageError> {
    let id: CaseId = id.parse().or(Err(PageError::NotFound))?;
    progress::one(&app.db, &by.account.id, id, app.clock.now()).await?.ok_or(PageError::NotFound)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    query: web::Query<Came>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let case = one(&app, &by, &path).await?;
    let today = local_date(app.clock.now());
    html(&Page {
        frame: by.frame().branded(Brand::Care),
        sent: query.sent.is_some(),
        next_by: case.next_by.map(|day| say::date(day, today)),
        past: case
            .past
            .iter()
            .map(|(stage, at)| (stage.label(), say::date(local_date(*at), today)))
            .collect(),
        case,
    })
}

#[derive(Template)]
#[template(path = "aid/withdraw.html")]
struct Withdraw {
    frame: Frame,
    case: ForApplicant,
}

pub(super) async fn ask_withdraw(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let case = one(&app, &by, &path).await?;
    html(&Withdraw { frame: by.frame().branded(Brand::Care), case })
}

pub(super) async fn withdraw(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: CaseId = path.parse().or(Err(PageError::NotFound))?;
    let myself = posted.by.myself().await?;
    let now = app.clock.now();
    commands::withdraw::withdraw(&app.db, &app.cx, &myself, id, now).await.map_err(page_error)?;
    Ok(see_other(&format!("/aid/cases/{id}")))
}
