//! A paper is sent, or taken back.

use actix_web::{HttpResponse, web};
use domain::{
    aid::commands::evidence::{self as commands, NewPaper},
    evidence::{EvidenceError, Item, Source},
};
use serde::Deserialize;

use super::{
    one::page,
    whereto::{To, Whereto, item, item_of_case},
};
use crate::{
    app::App,
    evidence,
    page::{PageError, Said, mistaken},
    session::{Posted, Uploaded},
};

pub(in crate::aid) async fn draft_submit(
    app: web::Data<App>,
    path: web::Path<String>,
    uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    let item = item(&path)?;
    let whereto = Whereto::draft(&app, &uploaded.by, uploaded.field("whose")).await?;
    sent(&app, (&whereto, item), uploaded).await
}

pub(in crate::aid) async fn case_submit(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    let (case, code) = path.into_inner();
    let whereto = Whereto::case(&app, &uploaded.by, &case).await?;
    sent(&app, (&whereto, item_of_case(&code)?), uploaded).await
}

async fn sent(
    app: &App,
    (whereto, item): (&Whereto, Item),
    mut uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    let id = uploaded.field("once").parse().or(Err(PageError::Stale))?;
    let words = match evidence::take(app, &mut uploaded, whereto.subject()).await? {
        Ok(sent) => match keep(app, whereto, NewPaper { id, item, source: Source::Copy, sent }).await {
            Ok(()) => return Ok(whereto.done(item, Said::Kept)),
            Err(EvidenceError::Refused(refusal)) => evidence::kept(&refusal),
            Err(error) => return Err(evidence::page_error(error)),
        },
        Err(words) => words,
    };
    mistaken(&page(app, &uploaded.by, (whereto, item), Some(words)).await?)
}

async fn keep(app: &App, whereto: &Whereto, new: NewPaper) -> Result<(), EvidenceError> {
    let (keys, now) = ((&app.cx, &app.files), app.clock.now());
    let myself = &whereto.whose.myself;
    match whereto.to {
        To::Draft(draft) => commands::add_to_draft(&app.db, keys, myself, (draft, new), now).await,
        To::Case(case) => commands::add_to_own_case(&app.db, keys, myself, (case, new), now).await,
    }
    .map(drop)
}

/// Which paper.
#[derive(Deserialize)]
pub(in crate::aid) struct Taken {
    #[serde(default)]
    paper: String,
    #[serde(default)]
    whose: String,
}

pub(in crate::aid) async fn take_back(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Taken>,
) -> Result<HttpResponse, PageError> {
    let item = item(&path)?;
    let whereto = Whereto::draft(&app, &posted.by, &posted.form.whose).await?;
    let paper = posted.form.paper.parse().or(Err(PageError::Stale))?;
    if let To::Draft(draft) = whereto.to {
        let done = commands::take_back(&app.db, &whereto.whose.myself, (draft, paper)).await;
        done.map_err(evidence::page_error)?;
    }
    Ok(whereto.done(item, Said::Undone))
}
