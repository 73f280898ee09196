//! The buttons of an import.

use actix_web::{HttpResponse, web};
use domain::intake::{Mode, commands, commands::IntakeError};
use serde::Deserialize;

use super::{
    show::{reached, show},
    words,
};
use crate::{
    app::App,
    page::{Mistakes, PageError, mistaken, see_other},
    session::Posted,
};

#[derive(Debug, Deserialize)]
pub(super) struct Button {
    act: String,
    #[serde(default)]
    mode: String,
}

fn page_error(error: IntakeError) -> PageError {
    match error {
        IntakeError::NotFound => PageError::NotFound,
        IntakeError::Refused(rule) => PageError::Refused(words::rule(rule)),
        IntakeError::Db(error) => error.into(),
    }
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Button>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let (intake, worker) = reached(&app, &grants, &path).await?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), intake.id);
    let done = match (posted.form.act.as_str(), posted.form.mode.as_str()) {
        ("submit", "all") => commands::submit(db, cx, &worker, (id, Mode::All), now).await,
        ("submit", "right") => commands::submit(db, cx, &worker, (id, Mode::Right), now).await,
        ("submit", _) => {
            let mut page = show(&app, &posted.by, &path, 0).await?;
            page.frame.mistakes = Mistakes::one("mode", "请选导入哪些行");
            return mistaken(&page);
        }
        ("approve", _) => commands::approve(db, cx, &worker, id, now).await,
        ("send_back", _) => commands::send_back(db, cx, &worker, id, now).await,
        ("cancel", _) => commands::cancel(db, cx, &worker, id, now).await,
        ("undo", _) => commands::undo(db, cx, &worker, id, now).await,
        _ => return Err(PageError::NotFound),
    };
    done.map_err(page_error)?;
    Ok(see_other(&format!("/console/intakes/{id}")))
}
