//! 申诉: saying what is not right about a decision.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{AidError, Refusal, commands::appeal, store, supplement::WORDS},
    calendar::{local_date, say},
    ids::{AppealId, CaseId},
};
use serde::Deserialize;

use super::{case::followed, whose::Whose, words::page_error};
use crate::{
    app::App,
    page::{Brand, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/appeal.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    once: AppealId,
    until: Option<String>,
    said: String,
    longest: usize,
}

/// The page; `None` when nothing can be said against it (any more).
async fn page(
    app: &App,
    by: &SignedIn,
    path: &str,
    (once, said): (AppealId, &str),
) -> Result<Option<Page>, PageError> {
    let followed = followed(app, by, path).await?;
    let Some(refused) = followed.refused.filter(|refused| refused.may_appeal) else { return Ok(None) };
    let today = local_date(app.clock.now());
    Ok(Some(Page {
        frame: by.frame().branded(Brand::Care).titled("我要申诉"),
        case: followed.case,
        once,
        until: refused.until.map(|until| say::date(until, today)),
        said: said.to_owned(),
        longest: WORDS,
    }))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    match page(&app, &by, &path, (AppealId::new(app.clock.now()), "")).await? {
        Some(page) => html(&page),
        None => Ok(see_other(&format!("/aid/cases/{path}"))),
    }
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    once: String,
    #[serde(default)]
    said: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let case = followed(&app, &by, &path).await?.case;
    let to = format!("/aid/cases/{case}");
    let Ok(id) = form.once.parse::<AppealId>() else { return Err(PageError::Stale) };
    let row = store::case::find(&app.db, case).await?.ok_or(PageError::NotFound)?;
    let whose = Whose::of_person(&app, &by, row.person_id).await?;
    match appeal::file(&app.db, &app.cx, &whose.myself, (case, id, &form.said), app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(&to, Said::Kept)),
        Err(AidError::Refused(Refusal::Words)) => {
            let Some(page) = page(&app, &by, &path, (id, &form.said)).await? else {
                return Ok(see_other(&to));
            };
            let frame = page.frame.with(Mistakes::one("said", format!("请写几个字，最多{WORDS}个字")));
            mistaken(&Page { frame, ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
