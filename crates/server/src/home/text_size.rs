//! 字大小: three sizes, kept with the login, so that the first byte of every page is already right.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::account::{TextSize, commands};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "home/text_size.html")]
struct Page {
    frame: Frame,
    chosen: TextSize,
    sizes: [TextSize; 3],
}

pub(super) async fn form(by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&Page { frame: by.frame(), chosen: by.text_size(), sizes: TextSize::ALL })
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    size: String,
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Chosen>) -> Result<HttpResponse, PageError> {
    let size = TextSize::from_code(&posted.form.size).ok_or(PageError::Stale)?;
    commands::set_text_size(&app.db, &posted.by.account.id, size).await?;
    Ok(see_other("/text-size"))
}
