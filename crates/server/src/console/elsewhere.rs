//! 别处的帮扶: what the applicant declared of other schemes, and what a worker has found out about it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, Refusal,
        commands::{
            need::besides,
            stop::{declared, note_elsewhere},
        },
        stop::LONGEST,
        store,
    },
    authority::Worker,
    ids::CaseId,
};
use serde::Deserialize;

use super::case::reached;
use crate::{
    aid::page_error,
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/elsewhere.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    declared: String,
    /// Other help of ours for the same time: number and category.
    besides: Vec<String>,
    sent: Sent,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    why: String,
    evidence: String,
}

async fn worked(app: &App, by: &SignedIn, case: &str) -> Result<(Case, Worker), PageError> {
    let grants = by.grants().await?;
    let case = reached(app, &grants, case).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    Ok((case, worker))
}

async fn show(app: &App, by: &SignedIn, case: Case, sent: Sent) -> Result<Page, PageError> {
    let declared = declared(&app.cx, &case).map_err(page_error)?;
    let besides = besides(&app.db, &case, app.clock.now()).await?;
    if declared.is_empty() && besides.is_empty() {
        return Err(page_error(Refusal::NothingElsewhere.into()));
    }
    let categories = store::category::load(&app.db).await?;
    let words: Vec<&str> = declared.iter().map(|one| one.label()).collect();
    Ok(Page {
        frame: by.frame().console().titled("说明别的帮扶"),
        case: case.id,
        number: case.number,
        declared: words.join("、"),
        besides: besides.iter().map(|it| format!("{}，{}", it.number, categories.called(it))).collect(),
        sent,
        longest: LONGEST,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&app, &by, case, Sent::default()).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let (id, sent) = (case.id, posted.form);
    let note = (id, sent.why.as_str(), sent.evidence.as_str());
    match note_elsewhere(&app.db, &app.cx, &worker, note, app.clock.now()).await {
        Ok(()) => Ok(see_other(&format!("/console/aid/{id}"))),
        Err(AidError::Refused(Refusal::Elsewhere)) => {
            let mut mistakes = Mistakes::new();
            for (field, text) in [("why", &sent.why), ("evidence", &sent.evidence)] {
                if text.trim().is_empty() || text.trim().chars().count() > LONGEST {
                    mistakes.add(field, format!("请写几句话，最多{LONGEST}个字"));
                }
            }
            let page = show(&app, &posted.by, case, sent).await?;
            let frame = page.frame.with(mistakes);
            mistaken(&Page { frame, ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
