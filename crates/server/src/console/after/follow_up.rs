//! 回访 of a case: what somebody found who went there once more; and the page on which that and the reviews are read.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        AidError, Case, Refusal,
        commands::{
            review::read,
            sample::{Found, follow_up},
        },
        sample::FollowUp,
        store,
        supplement::WORDS,
    },
    calendar::{local_date, say},
    ids::{CaseId, FollowUpId},
    person::leader::Discretion,
};
use notify::words::refusal;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/after/follow_up.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    follow_up: FollowUpId,
    number: String,
    due: String,
    open: bool,
    choices: Vec<Choice>,
    typed: Typed,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Typed {
    on: String,
    differs: String,
    findings: String,
}

async fn found(app: &App, case: &Case, text: &str) -> Result<FollowUp, PageError> {
    let id: FollowUpId = text.parse().or(Err(PageError::NotFound))?;
    let row = store::after::follow_up(&app.db, id).await?;
    let row = row.filter(|row| row.case_id == case.id && row.chosen.is_some());
    row.ok_or(PageError::NotFound)
}

fn show(app: &App, by: &SignedIn, (case, row): (&Case, &FollowUp), typed: Typed) -> Page {
    let today = local_date(app.clock.now());
    Page {
        frame: by.frame().console().titled("回访"),
        case: case.id,
        follow_up: row.id,
        number: case.number.clone(),
        due: row.due_on.map(|due| say::date(due, today)).unwrap_or_default(),
        open: row.is_open(),
        choices: vec![
            Choice::new("no", "和记录的一样"),
            Choice::new("yes", "有不一样的").noted("写在下面，马上转定期复核"),
        ],
        typed,
        longest: WORDS,
    }
}

pub(in crate::console) async fn form(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path.0).await?;
    let row = found(&app, &case, &path.1).await?;
    let on = local_date(app.clock.now()).to_string();
    html(&show(&app, &by, (&case, &row), Typed { on, ..Typed::default() }))
}

pub(in crate::console) async fn submit(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path.0).await?;
    let row = found(&app, &case, &path.1).await?;
    let typed = posted.form;
    let again = |field: &'static str, words: String| {
        let page = show(&app, &posted.by, (&case, &row), typed.clone());
        let frame = page.frame.with(Mistakes::one(field, words));
        mistaken(&Page { frame, ..page })
    };
    let Ok(on) = typed.on.parse::<NaiveDate>() else {
        return again("on", "请写回访的日期".to_owned());
    };
    let differs = match typed.differs.as_str() {
        "yes" => true,
        "no" => false,
        _ => return again("differs", "请选一个".to_owned()),
    };
    let new = Found { on, differs, findings: typed.findings.clone() };
    match follow_up(&app.db, &app.cx, &worker, (row.id, new), app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(Refusal::Words)) => again("findings", format!("请写几句话，最多{WORDS}个字")),
        Err(AidError::Refused(no @ Refusal::FollowUpDate)) => {
            again("on", refusal::aid(&no).replace('\n', ""))
        }
        Err(error) => Err(page_error(error)),
    }
}

#[derive(Template)]
#[template(path = "console/after/read.html")]
struct Read {
    frame: Frame,
    case: CaseId,
    number: String,
    found: Vec<Answer>,
    reviews: Vec<Answer>,
}

/// What was found and what reviews said, in words; with an audit row.
pub(in crate::console) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &by, &path).await?;
    let after = read(&app.db, &app.cx, &worker, case.id, app.clock.now()).await.map_err(page_error)?;
    let discretion = Discretion::towards(&app.db, &by.grants().await?).await?;
    let found = after.found.iter().map(|(on, differs, words)| {
        let says = if *differs { "有不一样的" } else { "和记录的一样" };
        Answer::new(say::full_date(*on), format!("{says}。{}", discretion.says(words.expose_secret())))
    });
    let reviews = after.reviews.iter().map(|(on, outcome, words)| {
        let says = format!("{}。{}", outcome.label(), discretion.says(words.expose_secret()));
        Answer::new(say::full_date(*on), says)
    });
    html(&Read {
        frame: by.frame().console().titled("回访和复核"),
        case: case.id,
        number: case.number,
        found: found.collect(),
        reviews: reviews.collect(),
    })
}
