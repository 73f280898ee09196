//! The button, what came of it, and the way back.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    branch::{Door, Method, attendance},
    calendar::say,
    ids::MeetingId,
};

use super::{
    meeting::{entry, id},
    words::page_error,
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, html, see_other, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

/// Signs in. A second tap, or a second device, comes to the same result.
pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (id, myself, now) = (id(&path)?, posted.by.acts(Matter::Activity).await?, app.clock.now());
    let done = attendance::sign_in(&app.db, &app.cx, (&myself, Door::Page), id, now).await;
    done.map_err(|error| page_error(error, now))?;
    Ok(see_other(&format!("/branch/meetings/{id}/signed")))
}

#[derive(Template)]
#[template(path = "branch/signed.html")]
struct Signed {
    frame: Frame,
    id: MeetingId,
    facts: Vec<Answer>,
    /// Until the meeting ends, and as long as the secretary has written nothing.
    may_undo: bool,
}

/// What came of it, today and when the page is opened again.
pub(super) async fn result(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (entry, now) = (entry(&app, &by, id(&path)?).await?, app.clock.now());
    let id = entry.meeting.id;
    let Some(row) = entry.attendance.filter(domain::branch::Attendance::took_part) else {
        return Ok(see_other(&format!("/branch/meetings/{id}")));
    };
    html(&Signed {
        frame: by.frame().titled("签到好了"),
        id,
        facts: vec![
            Answer::new("活动", entry.meeting.title),
            Answer::new("签到时间", say::moment(row.recorded_at, now)),
            Answer::new("地点", entry.meeting.place),
        ],
        may_undo: row.method != Method::RollCall && now <= entry.meeting.ends_at,
    })
}

/// Takes it back.
pub(super) async fn undo(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (id, myself, now) = (id(&path)?, posted.by.acts(Matter::Activity).await?, app.clock.now());
    let undone = attendance::undo(&app.db, &app.cx, &myself, id, now).await;
    undone.map_err(|error| page_error(error, now))?;
    Ok(see_other_saying(&format!("/branch/meetings/{id}"), Said::Undone))
}
