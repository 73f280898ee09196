//! 点名: how one member attended, or why not; one question.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::branch::{
    AttendanceState, Meeting, RosterLine,
    attendance::{self, OPENS_BEFORE},
};
use serde::Deserialize;

use super::{roster::kept, words::page_error};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "branch/roll_call.html")]
struct Page {
    frame: Frame,
    roster: String,
    action: String,
    title: String,
    states: Vec<Choice>,
    chosen: &'static str,
}

impl Page {
    fn of(by: &SignedIn, meeting: &Meeting, line: &RosterLine, now: DateTime<Utc>) -> Self {
        let roster = roster(meeting);
        let chosen = line.attendance.as_ref().filter(|row| row.is_live()).map(|row| row.state.code());
        let states = AttendanceState::ALL.into_iter().filter(|state| is_known(meeting, *state, now));
        Self {
            frame: by.frame().titled(format!("{}怎么参加？", line.person.name)),
            action: format!("{roster}/{}", line.person.id),
            roster,
            title: meeting.title.clone(),
            states: states.map(|state| Choice::new(state.code(), state.label()).noted(note(state))).collect(),
            chosen: chosen.unwrap_or_default(),
        }
    }
}

fn roster(meeting: &Meeting) -> String {
    format!("/branch/meetings/{}/roster", meeting.id)
}

/// Before the sign-in opens nobody can have come or stayed away.
fn is_known(meeting: &Meeting, state: AttendanceState, now: DateTime<Utc>) -> bool {
    use AttendanceState::{Absent, Excused, HomeStudy, OnLeave, Online, Present};
    match state {
        OnLeave | HomeStudy | Excused => true,
        Present | Online | Absent => meeting.starts_at - OPENS_BEFORE <= now,
    }
}

fn note(state: AttendanceState) -> &'static str {
    match state {
        AttendanceState::Present => "人到了现场",
        AttendanceState::Online => "用手机参加",
        AttendanceState::OnLeave => "事先说过",
        AttendanceState::HomeStudy => "送到家里学",
        AttendanceState::Excused => "支部同意不用来",
        AttendanceState::Absent => "没有来，也没有说",
    }
}

/// The line of one person; somebody else's members do not exist for the reader.
async fn line(
    app: &App,
    by: &SignedIn,
    (meeting, person): (&str, &str),
) -> Result<(Meeting, RosterLine), PageError> {
    let meeting = kept(app, by, meeting).await?;
    let lines = attendance::roster(&app.db, &meeting).await?;
    let line = lines.into_iter().find(|line| line.person.id.to_string() == person);
    Ok((meeting, line.ok_or(PageError::NotFound)?))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (meeting, line) = line(&app, &by, (&path.0, &path.1)).await?;
    html(&Page::of(&by, &meeting, &line, app.clock.now()))
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    state: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let (meeting, line) = line(&app, &posted.by, (&path.0, &path.1)).await?;
    let Some(state) = AttendanceState::from_code(&posted.form.state) else {
        let page = Page::of(&posted.by, &meeting, &line, now);
        let frame = page.frame.with(Mistakes::one("state", "请选一个"));
        return mistaken(&Page { frame, ..page });
    };
    let secretary = posted.by.secretary(meeting.branch_id).await?;
    let called = (meeting.id, line.person.id, state);
    let done = attendance::roll_call(&app.db, &app.cx, &secretary, called, now).await;
    done.map_err(|error| page_error(error, now))?;
    Ok(see_other_saying(&roster(&meeting), Said::Kept))
}
