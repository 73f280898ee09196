//! What is done with a plan, by whoever may.

use actix_web::{HttpResponse, web};
use domain::outreach::commands::{
    decide::decide,
    plan::{submit, withdraw},
    refresh::refresh,
    settle::settle,
};
use serde::Deserialize;

use super::{plan::worker, reader::Reader, words::page_error};
use crate::{
    app::App,
    page::{PageError, Said, see_other_saying},
    session::Posted,
};

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let (reader, plan) = Reader::plan(&app, &posted.by, &path).await?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), plan.id);
    let mut said = Said::Kept;
    match posted.form.act.as_str() {
        "submit" => submit(db, cx, &worker(&reader, &plan)?, id, now).await,
        "refresh" => refresh(db, cx, &worker(&reader, &plan)?, id, now).await,
        "withdraw" => {
            said = Said::Undone;
            withdraw(db, cx, &worker(&reader, &plan)?, id, now).await
        }
        "agree" | "refuse" => {
            let approver = reader.approver(&plan).ok_or(PageError::NotFound)?;
            decide(db, cx, &approver, (id, posted.form.act == "agree"), now).await
        }
        "settle" => {
            let payer = reader.payer(plan.place()).ok_or(PageError::NotFound)?;
            settle(db, cx, &payer, id, now).await
        }
        _ => return Err(PageError::NotFound),
    }
    .map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/outreach/plans/{id}"), said))
}
