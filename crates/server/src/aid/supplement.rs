//! 补正: what is missing, in the worker's words, and the place to answer.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Refusal,
        commands::{papers, supplement},
        store,
        supplement::WORDS,
    },
    calendar::{local_date, say},
    ids::{CaseId, SupplementId},
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{case::followed, whose::Whose, words::page_error};
use crate::{
    app::App,
    page::{Brand, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/supplement.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    once: SupplementId,
    asked: String,
    until: String,
    answer: String,
    longest: usize,
}

/// The page, and for whom; `None` when nothing is missing (any more).
async fn page(
    app: &App,
    by: &SignedIn,
    path: &str,
    answer: &str,
) -> Result<Option<(Page, Whose)>, PageError> {
    let (followed, now) = (followed(app, by, path).await?, app.clock.now());
    let Some((once, until)) = followed.missing else { return Ok(None) };
    let case = store::case::find(&app.db, followed.case).await?.ok_or(PageError::NotFound)?;
    let whose = Whose::of_person(app, by, case.person_id).await?;
    let read = papers::own(&app.db, &app.cx, &whose.myself, case.id, now).await.map_err(page_error)?;
    let missing = read.missing.into_iter().find(|one| one.id == once).ok_or(PageError::NotFound)?;
    let page = Page {
        frame: by.frame().branded(Brand::Care).titled("还差一点材料"),
        case: case.id,
        once,
        asked: missing.asked.expose_secret().to_owned(),
        until: say::date(until, local_date(now)),
        answer: answer.to_owned(),
        longest: WORDS,
    };
    Ok(Some((page, whose)))
}

pub(super) async fn ask(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    match page(&app, &by, &path, "").await? {
        Some((page, _)) => html(&page),
        None => Ok(see_other(&format!("/aid/cases/{path}"))),
    }
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    once: String,
    #[serde(default)]
    answer: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let to = format!("/aid/cases/{path}");
    let Some((page, whose)) = page(&app, &posted.by, &path, &posted.form.answer).await? else {
        return Ok(see_other_saying(&to, Said::Already));
    };
    let id: SupplementId = posted.form.once.parse().or(Err(PageError::Stale))?;
    let sent = (page.case, id, posted.form.answer.as_str());
    match supplement::answer(&app.db, &app.cx, &whose.myself, sent, app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(&to, Said::Kept)),
        Err(AidError::Refused(Refusal::Words)) => {
            let words = format!("请写几个字，最多{WORDS}个字");
            let frame = page.frame.with(Mistakes::one("answer", words));
            mistaken(&Page { frame, ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
