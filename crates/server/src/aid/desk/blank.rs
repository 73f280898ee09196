//! The paper form: printed with a number and a pattern that says the same. The pattern opens the page on which it is entered.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError,
        commands::enter,
        draft::Question,
        form::{self as forms, parse_number, spoken},
        store,
    },
    authority::{Place, Role, Scope, Worker},
    calendar::local_date,
    ids::UnitId,
    person,
};
use serde::Deserialize;

use super::super::{form as questions, words::page_error};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, pattern, see_other},
    person::reached,
    session::{Posted, Pressed, SignedIn},
};

/// Units in the list from which one is chosen.
const UNITS: usize = 500;

#[derive(Template)]
#[template(path = "aid/desk/find.html")]
struct Find {
    frame: Frame,
    number: String,
    units: Vec<(String, String)>,
}

/// What was typed into the field for a number.
#[derive(Default, Deserialize)]
pub(in crate::aid) struct Sought {
    #[serde(default)]
    number: String,
}

async fn finding(app: &App, by: &SignedIn, number: String, mistakes: Mistakes) -> Result<Find, PageError> {
    let grants = by.grants().await?;
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let units = person::store::units_in(&app.db, &scopes, local_date(app.clock.now())).await?;
    Ok(Find {
        frame: by.frame().console_at("/console/people").titled("纸质申请表").with(mistakes),
        number,
        units: units.into_iter().take(UNITS).map(|unit| (unit.id.to_string(), unit.name)).collect(),
    })
}

pub(in crate::aid) async fn find(
    app: web::Data<App>,
    sought: web::Query<Sought>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let number = sought.into_inner().number;
    let page = finding(&app, &by, number.clone(), Mistakes::new()).await?;
    if number.trim().is_empty() {
        return html(&page);
    }
    let wrong = |page: Find| {
        let mistakes = Mistakes::one("number", "没有这个编号，请再看一遍表上的9个数字");
        mistaken(&Find { frame: page.frame.with(mistakes), ..page })
    };
    let Some(number) = parse_number(&number) else { return wrong(page) };
    match found(&app, &by, &number).await {
        Ok(_) => Ok(see_other(&format!("/console/forms/{number}"))),
        Err(PageError::NotFound) => wrong(page),
        Err(error) => Err(error),
    }
}

pub(super) async fn found(app: &App, by: &SignedIn, number: &str) -> Result<forms::Model, PageError> {
    let grants = by.grants().await?;
    let covers = |place: Place| Worker::among(&grants, place).is_some();
    enter::form_of(&app.db, covers, number).await.map_err(page_error)
}

#[derive(Template)]
#[template(path = "aid/desk/form.html")]
struct Opened {
    frame: Frame,
    number: String,
    spoken: String,
    unit: String,
}

/// What the pattern opens: the page on which it is entered, or the case that it has become.
pub(in crate::aid) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let form = found(&app, &by, &path).await?;
    if let Some(case) = form.case_id {
        return Ok(see_other(&format!("/console/aid/{case}")));
    }
    if let Some(person) = form.person_id {
        return Ok(see_other(&format!("/console/people/{person}/aid?form={}", form.number)));
    }
    html(&Opened {
        frame: by.frame().console_at("/console/people").titled("纸质申请表"),
        spoken: spoken(&form.number),
        unit: unit(&app, &form).await?,
        number: form.number,
    })
}

async fn unit(app: &App, form: &forms::Model) -> Result<String, PageError> {
    let Some(id) = form.unit_id else { return Ok(String::new()) };
    Ok(person::store::find_unit(&app.db, id).await?.map(|unit| unit.name).unwrap_or_default())
}

#[derive(Template)]
#[template(path = "aid/desk/print.html")]
struct Print {
    frame: Frame,
    back: String,
    spoken: String,
    pattern: String,
    name: String,
    unit: String,
    what: Vec<Choice>,
    since: Vec<Choice>,
    elsewhere: Vec<Choice>,
    pay: Vec<Choice>,
}

pub(in crate::aid) async fn print(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let form = found(&app, &by, &path).await?;
    let base = app.config.web.public_url.as_str().trim_end_matches('/');
    let pattern = pattern(&format!("{base}/console/forms/{}", form.number))?;
    let person = match form.person_id {
        Some(id) => person::store::find(&app.db, id).await?,
        None => None,
    };
    let tail = person.as_ref().and_then(|person| person.payout_tail.clone());
    let offered = store::category::offers(&app.db, &form.region, local_date(app.clock.now())).await?;
    let choices = |question| questions::choices(question, &offered, tail.as_deref(), true);
    html(&Print {
        frame: by.frame().console_at("/console/people").titled("困难帮扶申请表"),
        back: form
            .person_id
            .map_or_else(|| "/console/forms".to_owned(), |id| format!("/console/people/{id}")),
        spoken: spoken(&form.number),
        pattern,
        name: person.map(|person| person.name).unwrap_or_default(),
        unit: unit(&app, &form).await?,
        what: choices(Question::WhatHappened),
        since: choices(Question::SinceWhen),
        elsewhere: choices(Question::HelpElsewhere),
        pay: choices(Question::WhereToPay),
    })
}

pub(in crate::aid) async fn print_for_person(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let it = reached(&app, &posted.by, &path).await?;
    let printed = enter::print(&app.db, &app.cx, &it.worker, it.person.id, app.clock.now()).await;
    to_print(printed)
}

/// For which unit.
#[derive(Default, Deserialize)]
pub(in crate::aid) struct Chosen {
    #[serde(default)]
    unit: String,
}

pub(in crate::aid) async fn print_for_unit(
    app: web::Data<App>,
    posted: Posted<Chosen>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let unit: UnitId = posted.form.unit.parse().or(Err(PageError::Stale))?;
    let found = person::store::find_unit(&app.db, unit).await?.ok_or(PageError::NotFound)?;
    let place = Place::of_unit(found.region, unit);
    let worker = Worker::among(&grants, place).ok_or(PageError::NotFound)?;
    to_print(enter::print_for_unit(&app.db, &app.cx, &worker, unit, app.clock.now()).await)
}

fn to_print(printed: Result<forms::Model, AidError>) -> Result<HttpResponse, PageError> {
    let form = printed.map_err(page_error)?;
    Ok(see_other(&format!("/console/forms/{}/print", form.number)))
}
