//! One meeting: what, when, where, and the button.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    branch::{Entry, Window, attendance, officer},
    calendar::say,
    ids::MeetingId,
};

use super::words;
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "branch/meeting.html")]
struct Page {
    frame: Frame,
    id: MeetingId,
    tag: Tag,
    facts: Vec<Answer>,
    stand: Stand,
    /// For whoever keeps the branch's records.
    roster: bool,
}

/// What there is to do, or why there is nothing.
enum Stand {
    /// The button.
    SignIn,
    /// Signed in; the result says when.
    SignedIn,
    /// A sentence.
    Nothing(String),
}

/// A meeting of one of the reader's branches; others do not exist for him.
pub(super) async fn entry(app: &App, by: &SignedIn, id: MeetingId) -> Result<Entry, PageError> {
    let myself = by.acts(Matter::Activity).await?;
    let entries = attendance::agenda(&app.db, myself.person(), app.clock.now()).await?;
    entries.into_iter().find(|entry| entry.meeting.id == id).ok_or(PageError::NotFound)
}

pub(super) fn id(text: &str) -> Result<MeetingId, PageError> {
    text.parse().or(Err(PageError::NotFound))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let entry = entry(&app, &by, id(&path)?).await?;
    let now = app.clock.now();
    let recorded = entry.attendance.as_ref().filter(|row| row.is_live());
    let stand = match (entry.window, recorded) {
        (Window::Cancelled, _) => Stand::Nothing("这次活动取消了，不用去。".to_owned()),
        (_, Some(row)) if row.took_part() => Stand::SignedIn,
        (_, Some(row)) => Stand::Nothing(format!("书记登记的是：{}。", row.state.label())),
        (Window::Open { .. }, None) => Stand::SignIn,
        (Window::NotYet { opens_at }, None) => {
            Stand::Nothing(format!("{}起可以签到。", say::moment(opens_at, now)))
        }
        (Window::Over { .. }, None) => Stand::Nothing("活动已经结束。".to_owned()),
    };
    let mut facts = vec![Answer::new("时间", words::when(&entry, now))];
    for (name, said) in [("地点", &entry.meeting.place), ("说明", &entry.meeting.description)] {
        if !said.is_empty() {
            facts.push(Answer::new(name, said.as_str()));
        }
    }
    facts.push(Answer::new("支部", entry.branch.name.as_str()));
    html(&Page {
        id: entry.meeting.id,
        tag: words::tag(&entry),
        roster: officer::prove(&app.db, &by.account.id, entry.branch.id, now).await?.is_some(),
        frame: by.frame().titled(entry.meeting.title),
        facts,
        stand,
    })
}
