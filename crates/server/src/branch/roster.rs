//! Who has not signed in, whom to telephone, and what is written down of the others.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::branch::{Attendance, Meeting, RosterLine, Tally, attendance, meeting};

use super::meeting::id;
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "branch/roster.html")]
struct Roster {
    frame: Frame,
    title: String,
    duties: String,
    tally: Tally,
    missing: Vec<Line>,
    known: Vec<Line>,
}

struct Line {
    page: String,
    name: String,
    note: &'static str,
    tag: Tag,
}

/// A meeting of a branch whose records the reader keeps; others do not exist for him.
pub(super) async fn kept(app: &App, by: &SignedIn, path: &str) -> Result<Meeting, PageError> {
    let meeting = meeting::store::find(&app.db, id(path)?).await?.ok_or(PageError::NotFound)?;
    by.secretary(meeting.branch_id).await?;
    Ok(meeting)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let meeting = kept(&app, &by, &path).await?;
    let lines = attendance::roster(&app.db, &meeting).await?;
    let tally = Tally::of(&lines);
    let (known, missing): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.attendance.as_ref().is_some_and(Attendance::is_live));
    let line = |line: RosterLine| show(&meeting, line);
    html(&Roster {
        frame: by.frame().titled("谁没签到"),
        duties: format!("/branch/{}/duties", meeting.branch_id),
        tally,
        missing: missing.into_iter().map(line).collect(),
        known: known.into_iter().map(line).collect(),
        title: meeting.title.clone(),
    })
}

fn show(meeting: &Meeting, line: RosterLine) -> Line {
    let (note, tag) = match line.attendance.filter(Attendance::is_live) {
        Some(row) if row.took_part() => (row.method.label(), Tag::good(row.state.label())),
        Some(row) => (row.method.label(), Tag::quiet(row.state.label())),
        None if line.has_login => ("有钉钉，收得到提醒", Tag::waiting("没有签到")),
        None => ("没有钉钉，收不到提醒", Tag::attention("请打电话")),
    };
    let page = format!("/branch/meetings/{}/roster/{}", meeting.id, line.person.id);
    Line { page, name: line.person.name, note, tag }
}
