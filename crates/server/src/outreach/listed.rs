//! Somebody on a list that is still being made: why, and leaving out or putting back. Looking at the reason is written down.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    ids::{OutreachEntryId, OutreachPlanId},
    outreach::{
        EntryState, OutreachError, PlanState,
        commands::someone::{leave_out, put_back, reason},
    },
    person::leader::Discretion,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{gift, page_error, said},
};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/listed.html")]
struct Page {
    frame: Frame,
    id: OutreachEntryId,
    plan: OutreachPlanId,
    rows: Vec<Answer>,
    leaves: bool,
    returns: bool,
    typed: String,
}

async fn shown(app: &App, by: &SignedIn, id: &str, typed: String) -> Result<Page, PageError> {
    let (reader, entry, plan, person, worker) = Reader::entry(app, by, id).await?;
    let why = reason(&app.db, &app.cx, &worker, entry.id, app.clock.now()).await.map_err(page_error)?;
    let mut rows = vec![
        Answer::new("计划", plan.title()),
        Answer::new("给什么", gift(entry.cash, entry.item.as_deref(), entry.item_value)),
        Answer::new("情况", entry.state.label()),
    ];
    if let Some(why) = why {
        let discretion = Discretion::towards(&app.db, &reader.grants).await?;
        rows.push(Answer::new("原因", discretion.says(why.expose_secret())));
    }
    let draft = plan.state == PlanState::Draft;
    Ok(Page {
        frame: frame(by, person.name),
        id: entry.id,
        plan: plan.id,
        rows,
        leaves: draft && entry.state == EntryState::Listed,
        returns: draft && entry.state == EntryState::LeftOut,
        typed,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&shown(&app, &by, &path, String::new()).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
    #[serde(default)]
    reason: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let (_, entry, plan, _, worker) = Reader::entry(&app, &by, &path).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let done = match form.act.as_str() {
        "leave_out" => leave_out(db, cx, &worker, (entry.id, &form.reason), now).await,
        "put_back" => put_back(db, cx, &worker, entry.id, now).await,
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other_saying(&format!("/console/outreach/plans/{}", plan.id), Said::Kept)),
        Err(OutreachError::Refused(no)) => {
            let page = shown(&app, &by, &path, form.reason).await?;
            mistaken(&Page { frame: page.frame.with(Mistakes::one("reason", said(&no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
