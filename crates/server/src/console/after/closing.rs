//! 结案: the help ends, with a reason that the person reads.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{closing::Reason, commands::review},
    ids::CaseId,
};
use serde::Deserialize;

use super::super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/after/closing.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    choices: Vec<Choice>,
    chosen: String,
}

fn show(by: &SignedIn, (case, number): (CaseId, String)) -> Page {
    let choice = |reason: Reason| Choice::new(reason.code(), reason.label()).noted(reason.words());
    Page {
        frame: by.frame().console().titled("结案"),
        case,
        number,
        choices: Reason::PLAIN.map(choice).to_vec(),
        chosen: String::new(),
    }
}

pub(in crate::console) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&by, (case.id, case.number)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Typed {
    reason: String,
}

pub(in crate::console) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let Some(reason) = Reason::parse(&posted.form.reason).filter(|one| Reason::PLAIN.contains(one)) else {
        let page = show(&posted.by, (case.id, case.number));
        let frame = page.frame.with(Mistakes::one("reason", "请选一个"));
        return mistaken(&Page { frame, ..page });
    };
    let closed = (case.id, reason);
    review::close(&app.db, &app.cx, &worker, closed, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other(&format!("/console/aid/{}", case.id)))
}
