//! The second person's buttons.

use actix_web::{HttpResponse, web};
use domain::export::commands::decide;
use serde::Deserialize;

use super::{show::reached, words::page_error};
use crate::{
    app::App,
    page::{PageError, see_other},
    session::Posted,
};

#[derive(Debug, Deserialize)]
pub(super) struct Button {
    act: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Button>,
) -> Result<HttpResponse, PageError> {
    let (export, worker) = reached(&app, &posted.by.grants().await?, &path).await?;
    let agreed = match posted.form.act.as_str() {
        "approve" => true,
        "refuse" => false,
        _ => return Err(PageError::NotFound),
    };
    let what = (export.id, agreed);
    decide(&app.db, &app.cx, &worker, what, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other(&format!("/console/exports/{}", export.id)))
}
