//! Before the questions: for whom, how many, and what was begun and not sent.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        commands::draft as commands,
        draft::{Question, questions},
    },
    calendar::{local_date, say},
};
use serde::Deserialize;

use super::{
    question::{after, answers},
    whose::{self, Whose},
    words::page_error,
};
use crate::{
    app::App,
    page::{Brand, Choice, Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

/// The first question, for logins that may ask for several.
#[derive(Template)]
#[template(path = "aid/who.html")]
struct Who {
    frame: Frame,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "aid/start.html")]
struct Start {
    frame: Frame,
    whose: Whose,
    number: usize,
    next: String,
    /// A draft: since when it lies, and its id.
    begun: Option<(String, String)>,
}

/// Whom a page is for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    pub(super) whose: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    way: web::Query<Way>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let choices = whose::choices(&app, &by.account.id).await?;
    let code = match (way.whose.as_str(), choices.as_slice()) {
        // It was said already who uses this phone.
        ("", _) if by.acting().is_some() => "",
        ("", [_, _, ..]) => {
            let frame = by.frame().branded(Brand::Care).titled("您为谁申请？");
            return html(&Who { frame, choices });
        }
        // Nobody to choose but one, who is not the reader.
        ("", [only]) if only.code != "self" => only.code.as_str(),
        ("" | "self", _) => "",
        (code, _) => code,
    };
    let whose = Whose::of(&app, &by, code).await?;
    let now = app.clock.now();
    let draft = commands::open(&app.db, &whose.myself, now).await.map_err(page_error)?;
    let (next, begun) = match &draft {
        Some(draft) => {
            let since = say::near(local_date(draft.updated_at), local_date(now));
            (after(&answers(&app, draft)?), Some((since, draft.id.to_string())))
        }
        None => (format!("/aid/apply/{}", Question::WhatHappened.code()), None),
    };
    html(&Start {
        frame: by.frame().branded(Brand::Care).titled("我要求助"),
        number: questions(false).count(),
        next: whose.address(&next),
        begun,
        whose,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Again {
    draft: String,
    #[serde(default)]
    whose: String,
}

/// Throws away what was begun.
pub(super) async fn again(app: web::Data<App>, posted: Posted<Again>) -> Result<HttpResponse, PageError> {
    let whose = Whose::of(&app, &posted.by, &posted.form.whose).await?;
    let draft = posted.form.draft.parse().or(Err(PageError::Stale))?;
    commands::discard(&app.db, &whose.myself, draft).await.map_err(page_error)?;
    Ok(see_other(&whose.address(&format!("/aid/apply/{}", Question::WhatHappened.code()))))
}
