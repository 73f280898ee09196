//! Writing down a home visit. What was typed stays when something is wrong.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    account,
    aid::{AidError, NewVisit, commands::visit, standard::standard, store},
    authority::{self, Role, Worker},
    calendar::local_date,
    ids::{AccountId, VisitId},
};
use ledger::{Fen, NotFen};
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
    /// Does the amount follow from what the person paid himself?
    worked: bool,
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
    #[serde(default)]
    paid: String,
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
    let rules = store::case::rules_of(&app.db, case.category).await?;
    let worked = standard(&rules, &case.region, local_date(now)).is_some_and(|it| it.percent.is_some());
    Ok(Page {
        frame: by.frame().console(),
        worked,
        id: case.id.to_string(),
        number: case.number,
        others,
        typed,
        mistake,
    })
}

/// As people write sums: with the sign or without.
pub(super) fn sum(text: &str) -> Result<Fen, NotFen> {
    let text = text.trim();
    format!("¥{text}").parse().or_else(|_| text.parse())
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
    let proposed = sum(&typed.yuan);
    let self_paid = if typed.paid.trim().is_empty() { Ok(None) } else { sum(&typed.paid).map(Some) };
    let again =
        async |mistake: &str| mistaken(&show(&app, &by, &path, (typed.clone(), mistake.to_owned())).await?);
    let id = typed.once.parse().or(Err(PageError::Stale))?;
    let Ok(on) = on else { return again("请写家访的日期。").await };
    let Some(second) = second else { return again("请选一同家访的人。").await };
    let Ok(proposed) = proposed else { return again("建议金额请写数字，单位是元。").await };
    let Ok(self_paid) = self_paid else {
        return again("自付的费用请写数字，单位是元。").await;
    };
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let (lead, findings) = (by.account.id.clone(), typed.findings.clone());
    let new = NewVisit { id, on, lead, second, findings, proposed, self_paid };
    match visit::record_visit(&app.db, &app.cx, &worker, (case.id, new), app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(no)) => again(&refusal::aid(&no)).await,
        Err(error) => Err(page_error(error)),
    }
}
