//! The page that stands before an act of high risk, and the code that is typed there.

use actix_web::{HttpResponse, http::StatusCode, web};
use askama::Template;
use domain::second_factor::{SecondFactorError, SecondFactorRefusal, step_up};
use notify::words::second_factor as say;

use super::{
    gate::Held,
    typed::Typed,
    words::{page_error, staff},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "second_factor/asked.html")]
struct Asked {
    frame: Frame,
    on: Typed,
}

#[derive(Template)]
#[template(path = "second_factor/first.html")]
struct First {
    frame: Frame,
    on: Typed,
}

fn asked(by: &SignedIn, on: Typed) -> Asked {
    Asked { frame: by.frame().console().titled("请输动态口令"), on }
}

/// What somebody sees whose act is held up.
pub(crate) fn ask(by: &SignedIn, held: &Held) -> Result<HttpResponse, PageError> {
    let on = held.on.clone();
    let mut answer = if held.bind {
        html(&First { frame: by.frame().console().titled("先绑定动态口令"), on })?
    } else {
        html(&asked(by, on))?
    };
    *answer.status_mut() = StatusCode::FORBIDDEN;
    Ok(answer)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: on } = posted;
    staff(&by).await?;
    let words = if on.code.trim().is_empty() {
        "请输口令".to_owned()
    } else {
        match step_up(&app.db, &app.cx, by.session(), &on.code, app.clock.now()).await {
            Ok(()) => return on.go_on(&by),
            Err(SecondFactorError::Refused(
                refusal @ (SecondFactorRefusal::Wrong { .. } | SecondFactorRefusal::Locked { .. }),
            )) => say::refusal(refusal),
            Err(error) => return Err(page_error(error)),
        }
    };
    let page = asked(&by, on);
    mistaken(&Asked { frame: page.frame.with(Mistakes::one("code", words)), ..page })
}
