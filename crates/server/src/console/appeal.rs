//! 申诉 at the desk: writing one down, reading it, judging it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, Refusal, Status,
        appeal::Outcome,
        commands::{appeal, papers},
        supplement::WORDS,
    },
    authority::Worker,
    ids::{AppealId, CaseId},
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
    page::{Answer, Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// How the page speaks.
const KIND: Kind = Kind {
    title: "记录申诉",
    code: "appeal",
    about: "申请人打电话或者上门来说的，记在这里，由没有办过这件事的同志处理。",
    label: "申请人怎么说",
    hint: "",
    longest: WORDS,
};

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    saying::blank(&by, &KIND, &case, AppealId::new(app.clock.now()).to_string())
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: sent } = posted;
    let (case, worker) = worked(&app, &by, &path).await?;
    let word = (case.id, sent.once.parse().or(Err(PageError::Stale))?, sent.said.as_str());
    match appeal::file_for(&app.db, &app.cx, &worker, word, app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Words)) => saying::again(&by, &KIND, &case, &sent),
        Err(error) => Err(page_error(error)),
    }
}

#[derive(Template)]
#[template(path = "console/appealed.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    appeal: AppealId,
    number: String,
    against: Vec<Answer>,
    said: String,
    open: bool,
    outcomes: Vec<Choice>,
    typed: Judged,
    longest: usize,
}

async fn show(
    app: &App,
    by: &SignedIn,
    (case, worker, appeal): (&Case, &Worker, &str),
    typed: Judged,
) -> Result<Page, PageError> {
    let id: AppealId = appeal.parse().or(Err(PageError::NotFound))?;
    let read = papers::papers(&app.db, &app.cx, worker, case.id, app.clock.now()).await;
    let read = read.map_err(page_error)?;
    let found = read.appeals.into_iter().find(|one| one.id == id).ok_or(PageError::NotFound)?;
    let discretion = Discretion::towards(&app.db, &by.grants().await?).await?;
    // What it is about is the last decision before it.
    let ruling = read.rulings.into_iter().rfind(|ruling| ruling.on <= found.on);
    let against = ruling.map_or_else(Vec::new, |ruling| {
        let mut rows = vec![Answer::new("原因", ruling.ground.label())];
        let words = ruling.words.expose_secret();
        rows.extend((!words.is_empty()).then(|| Answer::new("说明", discretion.says(words))));
        rows.extend((!ruling.basis.is_empty()).then(|| Answer::new("依据", ruling.basis)));
        rows
    });
    Ok(Page {
        frame: by.frame().console().titled("申诉"),
        case: case.id,
        appeal: id,
        number: case.number.clone(),
        against,
        said: discretion.says(found.said.expose_secret()),
        open: found.judged.is_none() && matches!(case.status, Status::Contested | Status::Appealed),
        outcomes: vec![
            Choice::new("upheld", "申诉成立").noted("从停下的地方接着办"),
            Choice::new("dismissed", "申诉不成立").noted("维持原决定，不再申诉"),
        ],
        typed,
        longest: WORDS,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &by, &path.0).await?;
    html(&show(&app, &by, (&case, &worker, &path.1), Judged::default()).await?)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Judged {
    outcome: String,
    why: String,
}

pub(super) async fn judge(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    posted: Posted<Judged>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path.0).await?;
    let typed = posted.form;
    let page = show(&app, &posted.by, (&case, &worker, &path.1), typed.clone()).await?;
    let outcome = match typed.outcome.as_str() {
        "upheld" => Outcome::Upheld,
        "dismissed" => Outcome::Dismissed,
        _ => {
            let frame = page.frame.with(Mistakes::one("outcome", "请选一个"));
            return mistaken(&Page { frame, ..page });
        }
    };
    let judged = (page.appeal, outcome, typed.why.as_str());
    match appeal::judge(&app.db, &app.cx, &worker, judged, app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Words)) => {
            let frame = page.frame.with(Mistakes::one("why", format!("请写几句话，最多{WORDS}个字")));
            mistaken(&Page { frame, ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
