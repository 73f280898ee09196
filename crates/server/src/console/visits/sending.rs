//! A visit that was written without a network is sent. It is kept once, however often it is sent; of a case that has moved since it was taken
//! along, the sender is shown what it says now, and decides.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use domain::{
    account,
    aid::{
        AidError, Case, NewVisit, Refusal,
        commands::{read, visit::record_visit_of},
        separation::Part,
        store,
    },
    authority::Worker,
    ids::AccountId,
};
use notify::words::refusal;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::super::{case::reached, visit::sum};
use crate::{aid::page_error, app::App, page::PageError, session::Posted};

/// What was written.
#[derive(Deserialize)]
pub(in crate::console) struct Written {
    once: String,
    case: String,
    /// Of the case as it was taken along.
    version: i64,
    on: String,
    second: String,
    findings: String,
    yuan: String,
    #[serde(default)]
    paid: String,
}

/// What the page is told.
#[derive(Serialize)]
struct Answer {
    state: &'static str,
    words: String,
    /// What is to be changed, as the form calls it; empty when it is nothing of the form.
    field: &'static str,
    version: i64,
    theirs: Vec<Theirs>,
}

/// A visit that stands in the case already.
#[derive(Serialize)]
struct Theirs {
    on: String,
    who: String,
    findings: String,
    yuan: String,
}

/// How it went stands in the answer: an answer that says that it failed would be turned into a page.
fn answer(
    state: &'static str,
    (field, words): (&'static str, impl Into<String>),
    version: i64,
) -> HttpResponse {
    HttpResponse::Ok().json(Answer { state, words: words.into(), field, version, theirs: Vec::new() })
}

/// Which field of the form a rule is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::VisitDate => "on",
        Refusal::OneVisitor | Refusal::NotAVisitor => "second",
        Refusal::Separation(rule) if rule.wants == Part::VisitSecond => "second",
        Refusal::Findings => "findings",
        Refusal::Amount { .. } | Refusal::WorkedOut { .. } => "yuan",
        Refusal::SelfPaid | Refusal::BelowLeast { .. } => "paid",
        _ => "",
    }
}

/// A rule in words. Of the one who came along it does not speak as of the sender.
fn words_of(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Separation(rule) if rule.wants == Part::VisitSecond => match rule.did {
            Part::Relative | Part::Recused => "一同家访的同志要回避。\n请换一位。".to_owned(),
            did => format!("一同家访的同志办过{}，不能去家访。\n请换一位。", did.label()),
        },
        _ => refusal::aid(refusal),
    }
}

pub(in crate::console) async fn send(
    app: web::Data<App>,
    posted: Posted<Written>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &form.case).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let id = form.once.parse().or(Err(PageError::Stale))?;
    let no = |field, words: &str| Ok(answer("refused", (field, words), case.version));
    let Ok(on) = form.on.parse::<NaiveDate>() else { return no("on", "请写家访的日期。") };
    let Some(second) = AccountId::parse(&form.second) else {
        return no("second", "请选一同家访的人。");
    };
    let Ok(proposed) = sum(&form.yuan) else {
        return no("yuan", "建议金额请写数字，单位是元。");
    };
    let self_paid = if form.paid.trim().is_empty() { Ok(None) } else { sum(&form.paid).map(Some) };
    let Ok(self_paid) = self_paid else { return no("paid", "自付的费用请写数字，单位是元。") };
    let lead = by.account.id.clone();
    let new = NewVisit { id, on, lead, second, findings: form.findings, proposed, self_paid };
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    match record_visit_of(db, cx, &worker, (case.id, new, Some(form.version)), now).await {
        Ok(case) => Ok(answer("kept", ("", "已经存进个案。"), case.version)),
        Err(AidError::Refused(Refusal::Stale)) => moved(&app, &worker, &case).await,
        Err(AidError::Refused(refused)) => no(field_of(&refused), &words_of(&refused)),
        Err(error) => Err(page_error(error)),
    }
}

/// What the case says now. Opening it is recorded like any look.
async fn moved(app: &App, worker: &Worker, case: &Case) -> Result<HttpResponse, PageError> {
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let mut theirs = Vec::new();
    for visit in store::case::visits(db, case.id).await? {
        let found = read::findings(db, cx, worker, (case.id, visit.id), now).await.map_err(page_error)?;
        let who = format!("{}、{}", name(app, &visit.lead).await?, name(app, &visit.second).await?);
        theirs.push(Theirs {
            on: visit.visited_on.to_string(),
            who,
            findings: found.expose_secret().to_owned(),
            yuan: visit.proposed.to_string(),
        });
    }
    let words = format!("您带走以后，个案有了变化，现在是“{}”。", case.status.label());
    let answer = Answer { state: "moved", words, field: "", version: case.version, theirs };
    Ok(HttpResponse::Ok().json(answer))
}

async fn name(app: &App, account: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, account).await?;
    Ok(found.map_or_else(|| account.to_string(), |account| account.name))
}
