//! 定期复核 of a case: the help goes on, goes on otherwise, or ends.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{AidError, Case, Refusal, commands::review, review::Outcome, supplement::WORDS},
    ids::{CaseId, ReviewId},
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
#[template(path = "console/after/review.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    once: ReviewId,
    choices: Vec<Choice>,
    typed: Typed,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Typed {
    once: String,
    outcome: String,
    why: String,
}

fn show(by: &SignedIn, (case, once): (&Case, ReviewId), typed: Typed) -> Page {
    let choice = |outcome: Outcome, note: &str| Choice::new(outcome.code(), outcome.label()).noted(note);
    Page {
        frame: by.frame().console().titled("定期复核"),
        case: case.id,
        number: case.number.clone(),
        once,
        choices: vec![
            choice(Outcome::Continue, "情况和原来一样"),
            choice(Outcome::Change, "还要帮，换一种帮法，写在下面"),
            choice(Outcome::Exit, "不再符合，本人会收到消息，别的在办后续也一起结案"),
        ],
        typed,
        longest: WORDS,
    }
}

pub(in crate::console) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&by, (&case, ReviewId::new(app.clock.now())), Typed::default()))
}

pub(in crate::console) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let typed = posted.form;
    let id: ReviewId = typed.once.parse().or(Err(PageError::Stale))?;
    let again = |field: &'static str, words: String| {
        let page = show(&posted.by, (&case, id), typed.clone());
        let frame = page.frame.with(Mistakes::one(field, words));
        mistaken(&Page { frame, ..page })
    };
    let Some(outcome) = Outcome::parse(&typed.outcome) else {
        return again("outcome", "请选一个".to_owned());
    };
    let new = (case.id, id, outcome, typed.why.as_str());
    match review::review(&app.db, &app.cx, &worker, new, app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Words)) => again("why", format!("请写几句话，最多{WORDS}个字")),
        Err(error) => Err(page_error(error)),
    }
}
