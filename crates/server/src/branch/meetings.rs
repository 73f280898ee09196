//! Today's meetings and the next ones.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    branch::{Entry, Window, attendance},
    calendar::say,
};

use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "branch/meetings.html")]
struct Page {
    frame: Frame,
    first: Option<Line>,
    later: Vec<Line>,
}

struct Line {
    page: String,
    title: String,
    when: String,
    state: &'static str,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (myself, now) = (by.myself().await?, app.clock.now());
    let mut entries = attendance::agenda(&app.db, myself.person(), now).await?;
    entries.retain(|entry| !matches!(entry.window, Window::Over { .. } | Window::Cancelled));
    let line = |entry: Entry| Line {
        page: format!("/branch/meetings/{}", entry.meeting.id),
        state: state(&entry),
        when: say::moment(entry.meeting.starts_at, now),
        title: entry.meeting.title,
    };
    let mut lines = entries.into_iter().map(line);
    html(&Page { frame: by.frame(), first: lines.next(), later: lines.collect() })
}

/// One word on where the reader stands.
pub(super) fn state(entry: &Entry) -> &'static str {
    match entry.window {
        _ if entry.signed_in_at().is_some() => "已签到",
        Window::Open { .. } => "可以签到",
        Window::NotYet { .. } => "还没到时间",
        Window::Over { .. } => "已经结束",
        Window::Cancelled => "已取消",
    }
}
