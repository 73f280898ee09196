//! 异议: writing one down, reading it, judging it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, Refusal, Status,
        commands::{objection, read},
        public_notice::{Objection, Outcome, SAID},
        store,
    },
    ids::{CaseId, ObjectionId},
    person::leader::Discretion,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/objection.html")]
struct Form {
    frame: Frame,
    case: CaseId,
    number: String,
    once: ObjectionId,
    said: String,
    longest: usize,
}

fn blank(by: &SignedIn, case: Case, once: ObjectionId, said: String) -> Form {
    Form {
        frame: by.frame().console().titled("记录异议"),
        case: case.id,
        number: case.number,
        once,
        said,
        longest: SAID,
    }
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&blank(&by, case, ObjectionId::new(app.clock.now()), String::new()))
}

/// The id makes a form that is sent twice one objection.
#[derive(Deserialize)]
pub(super) struct Sent {
    once: String,
    said: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let (id, said) = (posted.form.once.parse().or(Err(PageError::Stale))?, posted.form.said);
    let case_id = case.id;
    match objection::object(&app.db, &app.cx, &worker, (case_id, id, &said), app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{case_id}"))),
        Err(AidError::Refused(Refusal::Objection)) => {
            let form = blank(&posted.by, case, id, said);
            let words = format!("请写几句话，最多{SAID}个字");
            let frame = form.frame.with(Mistakes::one("said", words));
            mistaken(&Form { frame, ..form })
        }
        Err(error) => Err(page_error(error)),
    }
}

#[derive(Template)]
#[template(path = "console/objected.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    objection: ObjectionId,
    number: String,
    said: String,
    open: bool,
    outcomes: Vec<Choice>,
}

async fn show(app: &App, by: &SignedIn, (case, objection): &(String, String)) -> Result<Page, PageError> {
    let (case, worker) = worked(app, by, case).await?;
    let found = found(app, &case, objection).await?;
    let discretion = Discretion::towards(&app.db, &by.grants().await?).await?;
    let read = read::objection(&app.db, &app.cx, &worker, (case.id, found.id), app.clock.now()).await;
    Ok(Page {
        frame: by.frame().console().titled("异议"),
        said: discretion.says(read.map_err(page_error)?.expose_secret()),
        open: found.outcome.is_none() && case.status == Status::Objected,
        case: case.id,
        objection: found.id,
        number: case.number,
        outcomes: vec![
            Choice::new("dismissed", "不成立").noted("公示接着算剩下的工作日"),
            Choice::new("upheld", "成立").noted("不予帮扶，预占的经费退回"),
        ],
    })
}

async fn found(app: &App, case: &Case, objection: &str) -> Result<Objection, PageError> {
    let id: ObjectionId = objection.parse().or(Err(PageError::NotFound))?;
    let found = store::notice::objection(&app.db, id).await?;
    found.filter(|found| found.case_id == case.id).ok_or(PageError::NotFound)
}

/// What was said. Opening it is recorded.
pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, &path).await?)
}

#[derive(Deserialize)]
pub(super) struct Judged {
    #[serde(default)]
    outcome: String,
}

pub(super) async fn judge(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    posted: Posted<Judged>,
) -> Result<HttpResponse, PageError> {
    let outcome = match posted.form.outcome.as_str() {
        "dismissed" => Outcome::Dismissed,
        "upheld" => Outcome::Upheld,
        _ => {
            let page = show(&app, &posted.by, &path).await?;
            let frame = page.frame.with(Mistakes::one("outcome", "请选一个"));
            return mistaken(&Page { frame, ..page });
        }
    };
    let (case, worker) = worked(&app, &posted.by, &path.0).await?;
    let found = found(&app, &case, &path.1).await?;
    objection::resolve(&app.db, &app.cx, &worker, (found.id, outcome), app.clock.now())
        .await
        .map_err(page_error)?;
    Ok(see_other(&format!("/console/aid/{}", case.id)))
}
