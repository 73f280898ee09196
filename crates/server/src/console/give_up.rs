//! 本人不要了: a worker writes down that the person does not want the money that was approved.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{aid::commands::give_up::give_up, ids::CaseId};

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Frame, PageError, html, see_other},
    session::{Posted, Pressed, SignedIn},
};

#[derive(Template)]
#[template(path = "console/give_up.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    /// So much is free again then.
    bound: String,
    /// So much went ahead and stays.
    ahead: Option<String>,
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    if case.giving_up().is_err() {
        return Ok(see_other(&format!("/console/aid/{}", case.id)));
    }
    let ahead = case.paid.is_positive().then(|| case.paid.to_string());
    let bound = case.payable().to_string();
    let frame = by.frame().console().titled("本人不要了");
    html(&Page { frame, case: case.id, number: case.number, bound, ahead })
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    give_up(&app.db, &app.cx, &worker, case.id, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other(&format!("/console/aid/{}", case.id)))
}
