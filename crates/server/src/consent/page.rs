//! The list, and for each purpose what it means, what was said, and the other answer.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, local_time, say},
    consent::{
        Purpose,
        commands::{self, ConsentError},
        store,
    },
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "consent/list.html")]
struct List {
    frame: Frame,
    lines: Vec<(String, &'static str, &'static str, Tag)>,
}

const fn tag(given: bool) -> Tag {
    if given { Tag::good("同意了") } else { Tag::quiet("没有同意") }
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (me, now) = (by.myself().await?, app.clock.now());
    let mut lines = Vec::new();
    for purpose in Purpose::ALL {
        let given = store::holds(&app.db, me.person(), purpose, now).await?;
        let href = format!("/consents/{}", purpose.code());
        lines.push((href, purpose.label(), purpose.meaning(), tag(given)));
    }
    html(&List { frame: by.frame().titled("我同意的事"), lines })
}

#[derive(Template)]
#[template(path = "consent/one.html")]
struct One {
    frame: Frame,
    code: &'static str,
    meaning: &'static str,
    given: bool,
    receipt: Option<String>,
}

pub(super) async fn one(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let purpose = Purpose::parse(&path).ok_or(PageError::NotFound)?;
    let (me, now) = (by.myself().await?, app.clock.now());
    let last = store::last(&app.db, me.person(), purpose, now).await?;
    let receipt = last.as_ref().map(|line| {
        let (day, time) = (say::full_date(local_date(line.at)), say::time(local_time(line.at)));
        let what = if line.given { "同意" } else { "不同意" };
        format!("{day}{time}，您{}说了{what}。", line.how.label())
    });
    html(&One {
        frame: by.frame().titled(purpose.label()),
        code: purpose.code(),
        meaning: purpose.meaning(),
        given: last.is_some_and(|line| line.given),
        receipt,
    })
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    answer: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let purpose = Purpose::parse(&path).ok_or(PageError::NotFound)?;
    let given = match posted.form.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::Stale),
    };
    let me = posted.by.myself().await?;
    match commands::say(&app.db, &app.cx, &me, (purpose, given), app.clock.now()).await {
        Ok(()) => Ok(see_other_saying(&format!("/consents/{}", purpose.code()), Said::Kept)),
        Err(ConsentError::NotOneself) => Err(PageError::NotFound),
        Err(ConsentError::Db(error)) => Err(error.into()),
    }
}
