//! The buttons of a case.

use actix_web::{HttpResponse, http::header, web};
use domain::{
    aid::{
        bundle::{self, Signer},
        commands::{accept, approval, decide, emergency, notice, settle},
    },
    authority::{AuditAdmin, Publisher, Worker},
};
use serde::Deserialize;

use super::case::reached;
use crate::{
    aid::page_error,
    app::App,
    keys,
    page::{PageError, see_other},
    session::{Posted, Pressed},
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
    let grants = posted.by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let (db, cx, now, place) = (&app.db, &app.cx, app.clock.now(), case.place());
    let worker = || Worker::among(&grants, place.clone()).ok_or(PageError::NotFound);
    match posted.form.act.as_str() {
        "accept" => drop(accept::accept(db, cx, &worker()?, case.id, now).await.map_err(page_error)?),
        "ask" => {
            drop(approval::submit_for_approval(db, cx, &worker()?, case.id, now).await.map_err(page_error)?);
        }
        "reserve" => drop(decide::reserve_again(db, cx, &worker()?, case.id, now).await.map_err(page_error)?),
        "account" => {
            drop(settle::account_checked(db, cx, &worker()?, case.id, now).await.map_err(page_error)?);
        }
        "papers" => {
            drop(emergency::papers_came(db, cx, &worker()?, case.id, now).await.map_err(page_error)?);
        }
        "publish" => {
            let publisher = Publisher::among(&grants, place.clone()).ok_or(PageError::NotFound)?;
            drop(notice::publish_notice(db, cx, &publisher, case.id, now).await.map_err(page_error)?);
        }
        _ => return Err(PageError::NotFound),
    }
    Ok(see_other(&format!("/console/aid/{}", case.id)))
}

/// The proof bundle, as a file. Making it is recorded.
pub(super) async fn bundle(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let auditor = AuditAdmin::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let signer: Signer = keys::signer(&app.config.keys).map_err(PageError::Broken)?;
    let now = app.clock.now();
    let bytes = bundle::prove(&app.db, &app.cx, &auditor, &signer, case.id, now).await.map_err(page_error)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"bundle.json\""))
        .body(bytes))
}
