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

use super::{
    case::worked,
    saying::{self, Kind, Sent},
};
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// How the page speaks.
const KIND: Kind = Kind {
    title: "记录异议",
    code: "objection",
    about: "记下以后，公示暂停计算，由没有办过这件事的同志处理。",
    label: "对方怎么说",
    hint: "不用写是谁说的",
    longest: SAID,
};

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    saying::blank(&by, &KIND, &case, ObjectionId::new(app.clock.now()).to_string())
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: sent } = posted;
    let (case, worker) = worked(&app, &by, &path).await?;
    let word = (case.id, sent.once.parse().or(Err(PageError::Stale))?, sent.said.as_str());
    match objection::object(&app.db, &app.cx, &worker, word, app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Objection)) => saying::again(&by, &KIND, &case, &sent),
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
