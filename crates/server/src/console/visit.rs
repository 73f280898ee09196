//! Writing down a home visit. What was typed stays when something is wrong.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    account,
    aid::{AidError, NewVisit, commands::visit},
    authority::{self, Role, Worker},
    calendar::local_date,
    ids::{AccountId, VisitId},
};
use notify::words::refusal;
use serde::Deserialize;

use super::case::reached;
use crate::{
    aid::page_error,
    app::App,
    page::{Frame, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/visit.html")]
struct Page {
    frame: Frame,
    id: String,
    number: String,
    others: Vec<(String, String)>,
    typed: Typed,
    mistake: String,
}

/// What the form holds.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Typed {
    /// The visit's id, so that the form sent twice is one visit.
    once: String,
    on: String,
    second: String,
    findings: String,
    yuan: String,
}

async fn show(
    app: &App,
    by: &SignedIn,
    case: &str,
    (typed, mistake): (Typed, String),
) -> Result<Page, PageError> {
    let grants = by.grants().await?;
    let case = reached(app, &grants, case).await?;
    Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let now = app.clock.now();
    let mut others = Vec::new();
    for id in authority::store::holders(&app.db, Role::Worker, &case.place(), now).await? {
        if id != by.account.id
            && let Some(other) = account::store::find(&app.db, &id).await?
        {
            others.push((id.to_string(), other.name));
        }
    }
    Ok(Page {
        frame: by.frame().console(),
        id: case.id.to_string(),
        number: case.number,
        others,
        typed,
        mistake,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let once = VisitId::new(now).to_string();
    let typed = Typed { once, on: local_date(now).to_string(), ..Typed::default() };
    html(&show(&app, &by, &path, (typed, String::new())).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (on, second) = (typed.on.parse::<NaiveDate>(), AccountId::parse(&typed.second));
    let proposed =
        format!("¥{}", typed.yuan.trim()).parse::<ledger::Fen>().or_else(|_| typed.yuan.trim().parse());
    let again =
        async |mistake: &str| mistaken(&show(&app, &by, &path, (typed.clone(), mistake.to_owned())).await?);
    let id = typed.once.parse().or(Err(PageError::Stale))?;
    let Ok(on) = on else { return again("请写家访的日期。").await };
    let Some(second) = second else { return again("请选一同家访的人。").await };
    let Ok(proposed) = proposed else { return again("建议金额请写数字，单位是元。").await };
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let new =
        NewVisit { id, on, lead: by.account.id.clone(), second, findings: typed.findings.clone(), proposed };
    match visit::record_visit(&app.db, &app.cx, &worker, (case.id, new), app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(no)) => again(&refusal::aid(&no)).await,
        Err(error) => Err(page_error(error)),
    }
}
