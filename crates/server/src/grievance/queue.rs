//! At the desk: what waits, what is due first first, and what was answered. Whoever is named in one, or has to do with it, does not see it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    account,
    authority::{Grants, Role, Scope},
    calendar::{Calendar, local_date, say},
    grievance::{Grievance, Status, reach, store},
    ids::AccountId,
};

use crate::{
    app::App,
    desk,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Lines of a list.
const MOST: u64 = 60;
/// Of what was answered.
const ANSWERED: u64 = 20;

#[derive(Template)]
#[template(path = "grievance/queue.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    answered: Vec<Line>,
    /// May the reader write one down for somebody who does not say his name?
    writes: bool,
}

struct Line {
    href: String,
    kind: &'static str,
    came: String,
    due: String,
    late: bool,
    who: String,
    level: &'static str,
}

/// What of these the reader may know of.
pub(super) async fn readable(
    app: &App,
    grants: &Grants,
    rows: Vec<Grievance>,
) -> Result<Vec<Grievance>, PageError> {
    let mut mine = Vec::new();
    for row in rows {
        if reach::may_read(&app.db, grants, &row, app.clock.now()).await? {
            mine.push(row);
        }
    }
    Ok(mine)
}

/// By when, and how many working days ago that was.
pub(super) fn due(row: &Grievance, calendar: &Calendar, today: NaiveDate) -> (String, bool) {
    let Some(due) = row.due_on else { return ("还没有定期限".to_owned(), false) };
    let day = say::date(due, today);
    match calendar.working_days_between(due, today) {
        _ if due >= today => (format!("{day}以前"), false),
        0 => (format!("{day}，已到期"), true),
        late => (format!("{day}，晚了{late}个工作日"), true),
    }
}

pub(super) async fn name(app: &App, id: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, id).await?;
    Ok(found.map_or_else(|| id.to_string(), |account| account.name))
}

async fn line(
    app: &App,
    row: &Grievance,
    (calendar, today): (&Calendar, NaiveDate),
) -> Result<Line, PageError> {
    let (due, late) = due(row, calendar, today);
    let open = row.status.is_open();
    Ok(Line {
        href: format!("/console/grievances/{}", row.id),
        kind: row.kind.label(),
        came: say::date(row.received_on, today),
        due: if open { due } else { String::new() },
        late: late && open,
        who: match (&row.assigned_to, row.status) {
            (Some(who), Status::Assigned | Status::Answered) => name(app, who).await?,
            _ => "还没有交办".to_owned(),
        },
        level: if row.round > 1 { "重新办" } else { row.level.label() },
    })
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let calendar = Calendar::load(&app.db).await?;
    let (mut lines, mut answered) = (Vec::new(), Vec::new());
    for row in readable(&app, &grants, store::open_in(&app.db, &scopes, MOST).await?).await? {
        lines.push(line(&app, &row, (&calendar, today)).await?);
    }
    for row in readable(&app, &grants, store::answered_in(&app.db, &scopes, ANSWERED).await?).await? {
        answered.push(line(&app, &row, (&calendar, today)).await?);
    }
    html(&Page {
        frame: by.frame().console_at("/console/grievances").titled("反映的问题"),
        lines,
        answered,
        writes: desk::lets_in("/console/grievances/new", &grants),
    })
}
