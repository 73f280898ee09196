//! A photograph of a visit that was written without a network. The page throws it away when it is told that it was kept, and on no other word.

use actix_web::{HttpResponse, web};
use domain::{
    aid::commands::evidence::{self as commands, NewPaper},
    authority::Worker,
    evidence::{EvidenceError, Item, Source},
};
use serde::Serialize;

use super::super::case::reached;
use crate::{app::App, evidence, page::PageError, session::Uploaded};

/// What the page is told: `kept`, or `never` for one that is not taken however often it is sent.
#[derive(Serialize)]
struct Answer {
    photo: &'static str,
    words: String,
}

fn answer(photo: &'static str, words: String) -> HttpResponse {
    HttpResponse::Ok().json(Answer { photo, words })
}

pub(in crate::console) async fn photo(
    app: web::Data<App>,
    uploaded: Result<Uploaded, PageError>,
) -> Result<HttpResponse, PageError> {
    let mut uploaded = match uploaded {
        Err(PageError::TooLarge) => {
            return Ok(answer("never", "太大了。请再拍一张，或者选小一点的。".to_owned()));
        }
        uploaded => uploaded?,
    };
    let case = reached(&app, &uploaded.by.grants().await?, uploaded.field("case")).await?;
    let worker = Worker::among(&uploaded.by.grants().await?, case.place()).ok_or(PageError::NotFound)?;
    let id = uploaded.field("once").parse().or(Err(PageError::Stale))?;
    let sent = match evidence::take(&app, &mut uploaded, case.subject()).await? {
        Ok(sent) => sent,
        Err(words) => return Ok(answer("never", words)),
    };
    let new = NewPaper { id, item: Item::Visit, source: Source::OriginalSeen, sent };
    let keys = (&app.cx, &app.files);
    match commands::add(&app.db, keys, &worker, (case.id, new), app.clock.now()).await {
        Ok(_) => Ok(answer("kept", String::new())),
        Err(EvidenceError::Refused(refusal)) => Ok(answer("never", evidence::kept(&refusal))),
        Err(error) => Err(evidence::page_error(error)),
    }
}
