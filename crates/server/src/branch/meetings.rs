//! Today's meetings and the next ones.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    branch::{Entry, Window, attendance, officer, store},
    calendar::say,
};

use super::words;
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "branch/meetings.html")]
struct Page {
    frame: Frame,
    first: Option<Line>,
    later: Vec<Line>,
    /// The branches whose records the reader keeps: address and name.
    kept: Vec<(String, String)>,
}

struct Line {
    page: String,
    title: String,
    when: String,
    tag: Tag,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (myself, now) = (by.acts(Matter::Activity).await?, app.clock.now());
    let mut entries = attendance::agenda(&app.db, myself.person(), now).await?;
    entries.retain(|entry| !matches!(entry.window, Window::Over { .. }));
    // First what one can still go to: a cancelled meeting is news, never the way in.
    let first = entries.iter().position(|entry| entry.window != Window::Cancelled);
    let first = first.map(|at| entries.remove(at));
    let line = |entry: Entry| Line {
        page: format!("/branch/meetings/{}", entry.meeting.id),
        tag: words::tag(&entry),
        when: say::moment(entry.meeting.starts_at, now),
        title: entry.meeting.title,
    };
    let posts = officer::all_of(&app.db, &by.account.id, now).await?;
    let ids: Vec<_> = posts.iter().map(domain::authority::Secretary::branch).collect();
    let kept = store::find_all(&app.db, &ids).await?;
    html(&Page {
        frame: by.frame().titled("支部活动"),
        first: first.map(line),
        later: entries.into_iter().map(line).collect(),
        kept: kept.into_iter().map(|it| (format!("/branch/{}/duties", it.id), it.name)).collect(),
    })
}
