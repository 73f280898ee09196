//! Asking that a protected field be changed: first which, then into what.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    authority::{Role, Scope},
    calendar::local_date,
    ids::PersonId,
    person::{
        Gender,
        change::{ChangeError, ChangeRefusal, Field, NewChange, Wanted, commands},
        double::{Existing, known},
        fact::Level,
        period::Period,
    },
    privacy::IdentityNumber,
    trail::Found,
};
use notify::words::person as say;
use serde::Deserialize;

use super::{
    create::looked,
    words::{Reached, at, change_error, reached},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/change.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    fields: Vec<Choice>,
    genders: Vec<Choice>,
    asks: &'static str,
    what: &'static str,
    levels: Vec<(String, &'static str)>,
    periods: Vec<(&'static str, &'static str)>,
    there: Option<There>,
}

/// Where the record is that has the number already: its page, or its unit for whoever may not see it.
struct There {
    href: Option<String>,
    unit: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    field: String,
    date: String,
    level: String,
    period: String,
    account: String,
    bank: String,
    identity: String,
    gender: String,
    effective: String,
    evidence: String,
}

/// What the form asks for: a date, a level, a period, an account, an identity number, a gender; nothing before the field is chosen.
const fn asks(field: Field) -> &'static str {
    match field {
        Field::Birth | Field::JoinedWork => "date",
        Field::Period => "period",
        Field::Treatment(_) => "level",
        Field::Payout => "account",
        Field::Identity => "identity",
        Field::Gender => "gender",
    }
}

/// Which field; nothing of anybody's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    field: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let field = Field::parse(&typed.field);
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("为{}申请变更", it.person.name)),
        asks: field.map_or("", asks),
        what: field.map_or("", Field::label),
        href: at(it.person.id),
        typed,
        // Of the dead only what says who they were is put right.
        fields: Field::all()
            .filter(|field| it.person.is_alive() || field.outlives())
            .map(|field| Choice::new(field.code(), field.label()))
            .collect(),
        genders: Gender::ALL.into_iter().map(|one| Choice::new(one.code(), one.label())).collect(),
        levels: Level::all().map(|level| (level.code(), level.label())).collect(),
        periods: Period::ALL.into_iter().map(|period| (period.code(), period.label())).collect(),
        there: None,
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let effective = local_date(app.clock.now()).to_string();
    let typed = Typed { field: asked.into_inner().field, effective, ..Typed::default() };
    html(&page(&app, &by, &path, typed).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let field = mistakes.need("field", Field::parse(&typed.field).ok_or("请选改哪一项"));
    let after = field.and_then(|field| {
        let (name, text) = wanted(field, &typed);
        mistakes.need(name, Wanted::read(field, &text).ok_or_else(|| unread(field, &text)))
    });
    let effective = typed.effective.parse::<NaiveDate>().or(Err("请写从哪一天起"));
    let effective_on = mistakes.need("effective", effective);
    if typed.evidence.trim().is_empty() {
        mistakes.add("evidence", "请写依据的材料");
    }
    let (true, Some(field), Some(after), Some(effective_on)) =
        (mistakes.is_empty(), field, after, effective_on)
    else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let name = asks(field);
    let new = NewChange { field, after, effective_on, evidence: typed.evidence.clone() };
    match commands::ask(&app.db, &app.cx, &it.worker, (it.person.id, new), app.clock.now()).await {
        Ok(change) => Ok(see_other(&format!("/console/changes/{}", change.id))),
        Err(ChangeError::Refused(refusal)) => {
            let there = match refusal {
                ChangeRefusal::IdentityTaken(other) => there(&app, &it, other).await?,
                _ => None,
            };
            let mistakes = Mistakes::one(at_field(refusal, name), say::change(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), there, ..page })
        }
        Err(error) => Err(change_error(error)),
    }
}

/// A number was typed that is somebody's: the look at him is written down as any other.
async fn there(app: &App, it: &Reached, other: PersonId) -> Result<Option<There>, PageError> {
    looked(app, &it.grants, Found::Number, &[other]).await?;
    let scopes: Vec<Scope> = it.grants.scopes(Role::Worker).cloned().collect();
    Ok(known(&app.db, &scopes, other).await?.map(|there| match there {
        Existing::Here(id) => There { href: Some(at(id)), unit: String::new() },
        Existing::Elsewhere { unit } => There { href: None, unit },
    }))
}

/// What is wrong with what was typed.
fn unread(field: Field, text: &str) -> String {
    match (field, IdentityNumber::parse(text)) {
        (Field::Identity, Err(why)) => say::identity_number(why).replace('\n', ""),
        (Field::Gender, _) => "请选男或女".to_owned(),
        _ => "请写改成什么".to_owned(),
    }
}

/// Where on the form a rule is said.
const fn at_field(refusal: ChangeRefusal, value: &'static str) -> &'static str {
    match refusal {
        ChangeRefusal::NoEvidence => "evidence",
        ChangeRefusal::EffectiveDate => "effective",
        _ => value,
    }
}

/// Which of the form's fields has the value, and what stands in it.
fn wanted(field: Field, typed: &Typed) -> (&'static str, String) {
    let text = match field {
        Field::Birth | Field::JoinedWork => typed.date.clone(),
        Field::Period => typed.period.clone(),
        Field::Treatment(_) => typed.level.clone(),
        Field::Identity => typed.identity.trim().to_owned(),
        Field::Gender => typed.gender.clone(),
        Field::Payout => {
            let bank: String = typed.bank.chars().filter(|c| !c.is_whitespace()).collect();
            format!("{} {bank}", typed.account.trim())
        }
    };
    (asks(field), text)
}
