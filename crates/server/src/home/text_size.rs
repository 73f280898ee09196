//! 字大小: three sizes, kept with the login, so that the first byte of every page is already right.
//!
//! The smallest complete form page: shown, sent, marked when something is missing, kept, and said.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::account::{TextSize, commands};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "home/text_size.html")]
struct Page {
    frame: Frame,
    sizes: Vec<Choice>,
    chosen: &'static str,
}

impl Page {
    fn of(by: &SignedIn) -> Self {
        let sizes = TextSize::ALL.map(|size| Choice::new(size.code(), size.label()));
        Self { frame: by.frame().titled("字大小"), sizes: sizes.into(), chosen: by.text_size().code() }
    }
}

pub(super) async fn form(by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&Page::of(&by))
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    size: String,
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Sent>) -> Result<HttpResponse, PageError> {
    let Some(size) = TextSize::from_code(&posted.form.size) else {
        let page = Page::of(&posted.by);
        let frame = page.frame.with(Mistakes::one("size", "请选一个"));
        return mistaken(&Page { frame, ..page });
    };
    commands::set_text_size(&app.db, &posted.by.account.id, size).await?;
    Ok(see_other_saying("/text-size", Said::TextSize))
}
