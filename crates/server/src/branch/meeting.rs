//! One meeting: what, when, where, and the button.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    branch::{self, BranchError, Door, Entry, Refusal, Window, attendance},
    calendar::{local_time, say},
    ids::MeetingId,
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "branch/meeting.html")]
struct Page {
    frame: Frame,
    id: MeetingId,
    title: String,
    when: String,
    place: String,
    about: String,
    signed_at: Option<String>,
    open: bool,
    note: String,
}

/// A form with nothing but its token.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {}

/// A meeting of one of the reader's branches; others do not exist for him.
async fn entry(app: &App, by: &SignedIn, id: MeetingId) -> Result<Entry, PageError> {
    let myself = by.myself().await?;
    let entries = attendance::agenda(&app.db, myself.person(), app.clock.now()).await?;
    entries.into_iter().find(|entry| entry.meeting.id == id).ok_or(PageError::NotFound)
}

pub(crate) fn id(text: &str) -> Result<MeetingId, PageError> {
    text.parse().or(Err(PageError::NotFound))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let entry = entry(&app, &by, id(&path)?).await?;
    let now = app.clock.now();
    let signed_at = entry.signed_in_at().map(|at| say::time(local_time(at)));
    let note = match entry.window {
        Window::Open { .. } => String::new(),
        Window::NotYet { opens_at } => format!("{}起可以签到。", say::moment(opens_at, now)),
        Window::Over { .. } => "活动已经结束。".to_owned(),
        Window::Cancelled => "这次活动取消了。".to_owned(),
    };
    html(&Page {
        frame: by.frame(),
        id: entry.meeting.id,
        when: say::moment(entry.meeting.starts_at, now),
        title: entry.meeting.title.clone(),
        place: entry.meeting.place.clone(),
        about: entry.meeting.description.clone(),
        open: entry.window.is_open(),
        signed_at,
        note,
    })
}

pub(super) async fn sign_in(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (id, myself) = (id(&path)?, posted.by.myself().await?);
    attendance::sign_in(&app.db, &app.cx, (&myself, Door::Page), id, app.clock.now())
        .await
        .map_err(page_error)?;
    Ok(see_other(&format!("/branch/meetings/{id}")))
}

pub(super) async fn undo(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (id, myself) = (id(&path)?, posted.by.myself().await?);
    attendance::undo(&app.db, &app.cx, &myself, id, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other(&format!("/branch/meetings/{id}")))
}

fn page_error(error: BranchError) -> PageError {
    match error {
        BranchError::NotFound | BranchError::Refused(branch::Refusal::NotYourBranch) => PageError::NotFound,
        BranchError::Refused(refusal) => PageError::Refused(sentence(refusal).to_owned()),
        BranchError::Db(error) => error.into(),
    }
}

/// The rule in words.
fn sentence(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotYet { .. } => "还没到签到的时间。",
        Refusal::Over { .. } => "签到时间过了，请告诉支部书记。",
        Refusal::Cancelled => "这次活动取消了。",
        Refusal::RolledCall => "书记已经替您登记过了。",
        Refusal::Stale => "别人刚刚改过，请再看一次。",
        Refusal::NotYourBranch
        | Refusal::Dead
        | Refusal::BadTime
        | Refusal::TooLongAgo
        | Refusal::NoTitle
        | Refusal::AlreadyHeld
        | Refusal::NotBegun
        | Refusal::NoSuchBranch
        | Refusal::BadPartyDay
        | Refusal::AlreadyMember { .. }
        | Refusal::AffiliatedElsewhere { .. } => "现在不能这样办，请告诉支部书记。",
    }
}
