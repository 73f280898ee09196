//! 不予受理 before a case is received, 退回 or 不通过 after the visit: each with a rule and a few words for the applicant.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{AidError, Case, Refusal, Status, commands::decline, ruling::Ground, supplement::WORDS},
    ids::CaseId,
};
use notify::words::refusal;
use serde::Deserialize;

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// The choice that is no rule against the applicant.
const BACK: &str = "back";

#[derive(Template)]
#[template(path = "console/decision.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    choices: Vec<Choice>,
    typed: Typed,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    choice: String,
    why: String,
}

fn show(by: &SignedIn, case: &Case, typed: Typed) -> Page {
    let reviewed = case.status == Status::Visited;
    let ground = |ground: Ground| Choice::new(ground.code(), ground.label());
    let (title, choices) = if reviewed {
        let back = Choice::new(BACK, "退回，再家访一次").noted("情况还不清楚，申请人不用做什么");
        ("退回或不通过", [back].into_iter().chain(Ground::OF_FAILING.map(ground)).collect())
    } else {
        ("不予受理", Ground::OF_DECLINING.map(ground).to_vec())
    };
    Page {
        frame: by.frame().console().titled(title),
        case: case.id,
        number: case.number.clone(),
        choices,
        typed,
        longest: WORDS,
    }
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&by, &case, Typed::default()))
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let typed = posted.form;
    let again = |field: &'static str, words: String| {
        let page = show(&posted.by, &case, typed.clone());
        let frame = page.frame.with(Mistakes::one(field, words));
        mistaken(&Page { frame, ..page })
    };
    let (db, cx, now, why) = (&app.db, &app.cx, app.clock.now(), typed.why.as_str());
    let done = match (Ground::parse(&typed.choice), case.status) {
        _ if typed.choice == BACK => decline::send_back(db, cx, &worker, (case.id, why), now).await,
        (Some(ground), Status::Visited) => decline::fail(db, cx, &worker, (case.id, ground, why), now).await,
        (Some(ground), _) => decline::decline(db, cx, &worker, (case.id, ground, why), now).await,
        (None, _) => return again("choice", "请选一个".to_owned()),
    };
    match done {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Words)) => again("why", format!("请写几句话，最多{WORDS}个字")),
        Err(AidError::Refused(no @ (Refusal::Ground | Refusal::StillTime { .. }))) => {
            again("choice", refusal::aid(&no).replace('\n', ""))
        }
        Err(error) => Err(page_error(error)),
    }
}
