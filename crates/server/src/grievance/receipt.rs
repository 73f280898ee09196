//! 凭回执码看答复. The code travels in forms, never in an address; who sends it is written down nowhere.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    grievance::{
        GrievanceError, ReceiptCode, Refusal, WORDS, What,
        commands::receipt::{self, Receipt},
    },
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::words::{by_when, page_error, said, tag};
use crate::{
    app::App,
    page::{Brand, Frame, Mistakes, PageError, Tag, html, mistaken},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "grievance/receipt.html")]
struct Ask {
    frame: Frame,
    typed: String,
}

#[derive(Template)]
#[template(path = "grievance/answer.html")]
struct Page {
    frame: Frame,
    code: String,
    tag: Tag,
    came: String,
    when: Option<String>,
    later: Option<String>,
    answers: Vec<(String, &'static str, String)>,
    held: Option<&'static str>,
    may_withdraw: bool,
    may_reopen: bool,
    typed: String,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    code: String,
    act: String,
    why: String,
}

fn ask(by: &SignedIn, typed: String) -> Ask {
    Ask { frame: by.frame().branded(Brand::Care).titled("请写回执码"), typed }
}

pub(super) async fn form(by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&ask(&by, String::new()))
}

/// What a code opens; else what is said instead. Too many that open nothing, and the login waits an hour.
async fn opened(app: &App, by: &SignedIn, typed: &str) -> Result<Result<Receipt, &'static str>, PageError> {
    let now = app.clock.now();
    let Some(code) = ReceiptCode::parse(typed) else { return Ok(Err("请把16个字母和数字写全")) };
    if !app.tries.may(&by.account.id, now) {
        return Ok(Err("试的次数太多，请过一小时再来"));
    }
    let found = receipt::read(&app.db, &app.cx, &code).await.map_err(page_error)?;
    if found.is_none() {
        app.tries.was_wrong(&by.account.id, now);
    }
    Ok(found.ok_or("没有这个回执码，请对一对"))
}

fn page(app: &App, by: &SignedIn, (found, sent): (&Receipt, &Sent), why: Mistakes) -> Page {
    let today = local_date(app.clock.now());
    let answers = found.answers.iter().map(|(day, outcome, words)| {
        (say::date(*day, today), outcome.label(), words.expose_secret().to_owned())
    });
    Page {
        frame: by.frame().branded(Brand::Care).titled(found.row.kind.label()).with(why),
        code: sent.code.clone(),
        tag: tag(found.row.status),
        came: say::date(found.row.received_on, today),
        when: by_when(&found.row, today),
        later: found.later.as_ref().map(|words| words.expose_secret().to_owned()),
        answers: answers.collect(),
        held: match found.held {
            Some(What::Withdrawn) => Some("您要撤回，明天起算。"),
            Some(_) => Some("记下了，明天交给上一级。"),
            None => None,
        },
        may_withdraw: found.may_withdraw,
        may_reopen: found.may_reopen,
        typed: sent.why.clone(),
        longest: WORDS,
    }
}

pub(super) async fn read(app: web::Data<App>, posted: Posted<Sent>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: sent } = posted;
    match opened(&app, &by, &sent.code).await? {
        Ok(found) => html(&page(&app, &by, (&found, &sent), Mistakes::new())),
        Err(words) => {
            let page = ask(&by, sent.code);
            mistaken(&Ask { frame: page.frame.with(Mistakes::one("code", words)), ..page })
        }
    }
}

pub(super) async fn act(app: web::Data<App>, posted: Posted<Sent>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: sent } = posted;
    let found = match opened(&app, &by, &sent.code).await? {
        Ok(found) => found,
        Err(words) => {
            let page = ask(&by, sent.code);
            return mistaken(&Ask { frame: page.frame.with(Mistakes::one("code", words)), ..page });
        }
    };
    let code = ReceiptCode::parse(&sent.code).ok_or(PageError::Stale)?;
    let done = if sent.act == "withdraw" {
        receipt::withdraw(&app.db, &app.cx, &code, app.clock.now()).await
    } else {
        receipt::reopen(&app.db, &app.cx, &code, &sent.why, app.clock.now()).await
    };
    match done {
        // Twice is once.
        Ok(()) | Err(GrievanceError::Refused(Refusal::NotNow)) => {
            let again = receipt::read(&app.db, &app.cx, &code).await.map_err(page_error)?;
            html(&page(&app, &by, (&again.unwrap_or(found), &sent), Mistakes::new()))
        }
        Err(GrievanceError::Refused(no)) => {
            mistaken(&page(&app, &by, (&found, &sent), Mistakes::one("why", said(no))))
        }
        Err(error) => Err(page_error(error)),
    }
}
