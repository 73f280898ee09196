//! 补正 at the desk: saying what is missing, and writing down what was handed in.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, Refusal, Status,
        commands::{papers, supplement},
        supplement::WORDS,
    },
    authority::Worker,
    calendar::{local_date, say},
    ids::{CaseId, SupplementId},
    person::leader::Discretion,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/supplement.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    once: SupplementId,
    /// What is waited for, and until when; `None`: nothing was asked for yet.
    waiting: Option<(String, String)>,
    said: String,
    longest: usize,
}

async fn show(
    app: &App,
    by: &SignedIn,
    (case, worker): (&Case, &Worker),
    said: &str,
) -> Result<Page, PageError> {
    let now = app.clock.now();
    let mut page = Page {
        frame: by.frame().console().titled("要求补正"),
        case: case.id,
        number: case.number.clone(),
        once: SupplementId::new(now),
        waiting: None,
        said: said.to_owned(),
        longest: WORDS,
    };
    if case.status == Status::Supplementing {
        let read = papers::papers(&app.db, &app.cx, worker, case.id, now).await.map_err(page_error)?;
        let open = read.missing.into_iter().find(|one| one.is_open).ok_or(PageError::NotFound)?;
        let discretion = Discretion::towards(&app.db, &by.grants().await?).await?;
        page.frame = by.frame().console().titled("记下补来的材料");
        page.once = open.id;
        page.waiting =
            Some((discretion.says(open.asked.expose_secret()), say::date(open.until, local_date(now))));
    }
    Ok(page)
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &by, &path).await?;
    html(&show(&app, &by, (&case, &worker), "").await?)
}

/// The id makes a form that is sent twice one request. Which of the two forms it was stands in it: by its second sending, the case is where
/// the other one belongs.
#[derive(Deserialize)]
pub(super) struct Sent {
    once: String,
    said: String,
    #[serde(default)]
    came: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let id: SupplementId = posted.form.once.parse().or(Err(PageError::Stale))?;
    let (said, now) = (posted.form.said.as_str(), app.clock.now());
    let done = if posted.form.came == "yes" {
        supplement::handed_in(&app.db, &app.cx, &worker, (case.id, id, said), now).await.map(drop)
    } else {
        supplement::ask(&app.db, &app.cx, &worker, (case.id, id, said), now).await.map(drop)
    };
    match done {
        Ok(()) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Words)) => {
            let page = show(&app, &posted.by, (&case, &worker), said).await?;
            let frame = page.frame.with(Mistakes::one("said", format!("请写几句话，最多{WORDS}个字")));
            mistaken(&Page { frame, once: id, ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
