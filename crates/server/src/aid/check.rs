//! Checking the answers, and sending them once.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::aid::{
    Category,
    commands::{draft as commands, submit},
    draft::{Answers, Draft, Pay, Question, Reach},
};
use serde::Deserialize;

use super::{
    apply::answers,
    words::{label, page_error},
};
use crate::{
    app::App,
    page::{Brand, Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/check.html")]
struct Page {
    frame: Frame,
    draft: String,
    version: i64,
    rows: Vec<Row>,
}

struct Row {
    label: &'static str,
    value: String,
    change: String,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let myself = by.myself().await?;
    let open = commands::open(&app.db, &myself, app.clock.now()).await.map_err(page_error)?;
    let Some(draft) = open else { return Ok(see_other("/aid/cases")) };
    let answers = answers(&app, &draft)?;
    if let Some(question) = Question::next(&answers) {
        return Ok(see_other(&format!("/aid/apply/{}", question.code())));
    }
    html(&build(by.frame().branded(Brand::Care), &draft, &answers))
}

fn build(frame: Frame, draft: &Draft, answers: &Answers) -> Page {
    let row = |question: Question, value: String| Row {
        label: label(question),
        value: if value.is_empty() { "没有写".to_owned() } else { value },
        change: format!("/aid/apply/{}", question.code()),
    };
    let category = answers.category.map(Category::label).unwrap_or_default();
    let elsewhere: Vec<&str> = answers.elsewhere.iter().flatten().map(|one| one.label()).collect();
    let reach = match &answers.reach {
        Some(Reach::Other(phone)) => domain::calendar::say::telephone(phone),
        Some(Reach::OnFile) => "登记的电话".to_owned(),
        None => String::new(),
    };
    let pay = match answers.pay {
        Some(Pay::OnFile) => "登记的银行卡",
        Some(Pay::CallMe) => "打电话商量",
        None => "",
    };
    let rows = vec![
        row(Question::WhatHappened, [category, &answers.reason].join(" ").trim().to_owned()),
        row(Question::OwnWords, answers.words.clone().unwrap_or_default()),
        row(Question::SinceWhen, answers.since.map(|since| since.label().to_owned()).unwrap_or_default()),
        row(Question::HelpElsewhere, elsewhere.join("、")),
        row(Question::HowToReach, [reach.as_str(), &answers.visit_when].join(" ").trim().to_owned()),
        row(Question::WhereToPay, pay.to_owned()),
    ];
    Page { frame, draft: draft.id.to_string(), version: draft.version, rows }
}

/// The draft's id makes a form that is sent twice one request.
#[derive(Deserialize)]
pub(super) struct Sent {
    draft: String,
    version: i64,
}

pub(super) async fn send(app: web::Data<App>, posted: Posted<Sent>) -> Result<HttpResponse, PageError> {
    let draft = posted.form.draft.parse().or(Err(PageError::Stale))?;
    let myself = posted.by.myself().await?;
    let sent = (draft, posted.form.version);
    let case = submit::submit(&app.db, &app.cx, &myself, sent, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other(&format!("/aid/cases/{}?sent=1", case.id)))
}
