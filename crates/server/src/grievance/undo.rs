//! Taking it back, and saying once that one is not content.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    grievance::{
        GrievanceError, Refusal, Status, WORDS,
        commands::author::{reopen, withdraw as take_back},
    },
    ids::GrievanceId,
};
use serde::Deserialize;

use super::{
    mine::{may_reopen, read},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Brand, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

#[derive(Template)]
#[template(path = "grievance/withdraw.html")]
struct Withdraw {
    frame: Frame,
    id: GrievanceId,
}

pub(super) async fn withdraw_form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (found, _) = read(&app, &by, &path).await?;
    if !matches!(found.row.status, Status::Received | Status::Assigned) {
        return Ok(see_other(&format!("/grievances/{}", found.row.id)));
    }
    html(&Withdraw { frame: by.frame().branded(Brand::Care).titled("要撤回吗？"), id: found.row.id })
}

pub(super) async fn withdraw(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (found, me) = read(&app, &posted.by, &path).await?;
    let to = format!("/grievances/{}", found.row.id);
    match take_back(&app.db, &app.cx, &me, found.row.id, app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(&to, Said::Undone)),
        Err(GrievanceError::Refused(Refusal::NotNow)) => Ok(see_other_saying(&to, Said::Already)),
        Err(error) => Err(page_error(error)),
    }
}

#[derive(Template)]
#[template(path = "grievance/again.html")]
struct Again {
    frame: Frame,
    id: GrievanceId,
    typed: String,
    longest: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    why: String,
}

fn again_page(by: &SignedIn, id: GrievanceId, typed: String) -> Again {
    Again { frame: by.frame().branded(Brand::Care).titled("哪里不满意？"), id, typed, longest: WORDS }
}

pub(super) async fn again_form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (found, _) = read(&app, &by, &path).await?;
    if !may_reopen(&found.row) {
        return Ok(see_other(&format!("/grievances/{}", found.row.id)));
    }
    html(&again_page(&by, found.row.id, String::new()))
}

pub(super) async fn again(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let (found, me) = read(&app, &by, &path).await?;
    let to = format!("/grievances/{}", found.row.id);
    match reopen(&app.db, &app.cx, &me, (found.row.id, &form.why), app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(&to, Said::Kept)),
        Err(GrievanceError::Refused(Refusal::NotNow)) => Ok(see_other_saying(&to, Said::Already)),
        Err(GrievanceError::Refused(no)) => {
            let page = again_page(&by, found.row.id, form.why);
            mistaken(&Again { frame: page.frame.with(Mistakes::one("why", said(no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
