//! 追回 at the desk: proposing it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, NoClaim, Refusal,
        clawback::Cause,
        commands::clawback::{self, NewClawback},
        supplement::WORDS,
    },
    ids::{CaseId, ClawbackId},
};
use notify::words::refusal;
use serde::Deserialize;

use super::{case::worked, visit::sum};
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/clawback.html")]
struct Form {
    frame: Frame,
    case: CaseId,
    number: String,
    once: ClawbackId,
    paid: String,
    causes: Vec<Choice>,
    typed: Typed,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    once: String,
    cause: String,
    yuan: String,
    why: String,
}

fn blank(by: &SignedIn, (case, once): (&Case, ClawbackId), typed: Typed) -> Form {
    Form {
        frame: by.frame().console().titled("提出追回"),
        case: case.id,
        number: case.number.clone(),
        once,
        paid: case.paid.to_string(),
        causes: Cause::all().map(|cause| Choice::new(cause.code(), cause.label())).collect(),
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
    html(&blank(&by, (&case, ClawbackId::new(app.clock.now())), Typed::default()))
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let typed = posted.form;
    let id: ClawbackId = typed.once.parse().or(Err(PageError::Stale))?;
    let (mut mistakes, why) = (Mistakes::new(), typed.why.clone());
    let ground = mistakes.need("cause", Cause::parse(&typed.cause).ok_or("请选一个"));
    let amount = mistakes.need("yuan", sum(&typed.yuan).or(Err("请写数字，单位是元")));
    if let (Some(cause), Some(amount)) = (ground, amount) {
        let new = NewClawback { id, cause, amount, why };
        match clawback::propose(&app.db, &app.cx, &worker, (case.id, new), app.clock.now()).await {
            Ok(_) => return Ok(see_other(&format!("/console/clawbacks/{id}"))),
            Err(AidError::Refused(Refusal::Words)) => {
                mistakes = Mistakes::one("why", format!("请写几句话，最多{WORDS}个字"));
            }
            Err(AidError::Refused(no @ Refusal::Clawback(NoClaim::Amount { .. }))) => {
                mistakes = Mistakes::one("yuan", refusal::aid(&no).replace('\n', ""));
            }
            Err(AidError::Refused(no @ Refusal::Clawback(NoClaim::Cause))) => {
                mistakes = Mistakes::one("cause", refusal::aid(&no).replace('\n', ""));
            }
            Err(error) => return Err(page_error(error)),
        }
    }
    let page = blank(&posted.by, (&case, id), typed);
    let frame = page.frame.with(mistakes);
    mistaken(&Form { frame, ..page })
}
