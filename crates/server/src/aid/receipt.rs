//! 回执确认: one tap says that the money came, another that it did not.

use actix_web::{HttpResponse, web};
use domain::aid::{commands::receipt, store};
use serde::Deserialize;

use super::{case::followed, whose::Whose, words::page_error};
use crate::{
    app::App,
    page::{PageError, Said, see_other_saying},
    session::Posted,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tapped {
    received: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Tapped>,
) -> Result<HttpResponse, PageError> {
    let id = followed(&app, &posted.by, &path).await?.case;
    let received = match posted.form.received.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::NotFound),
    };
    let case = store::case::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let whose = Whose::of_person(&app, &posted.by, case.person_id).await?;
    let said = receipt::say(&app.db, &app.cx, &whose.myself, (id, received), app.clock.now()).await;
    said.map_err(page_error)?;
    Ok(see_other_saying(&format!("/aid/cases/{id}"), Said::Kept))
}
