//! What a secretary sees on the phone: what the branch owes, and who has not signed in.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    branch::{self, attendance, meeting, officer},
    calendar::{local_date, say},
    ids::BranchId,
};

use super::meeting::id;
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "branch/duties.html")]
struct Duties {
    frame: Frame,
    branch: String,
    owed: Vec<Owed>,
}

struct Owed {
    what: &'static str,
    cycle: &'static str,
    short: u32,
    due: String,
}

pub(super) async fn duties(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let branch: BranchId = path.parse().or(Err(PageError::NotFound))?;
    officer::prove(&app.db, &by.account.id, branch, now).await?.ok_or(PageError::NotFound)?;
    let branch = branch::store::find(&app.db, branch).await?.ok_or(PageError::NotFound)?;
    let today = local_date(now);
    let owed = branch::owed(&app.db, &branch, now)
        .await?
        .into_iter()
        .map(|missing| Owed {
            what: missing.obligation.label(),
            cycle: missing.period.cycle().label(),
            short: missing.short(),
            due: say::date(missing.due, today),
        })
        .collect();
    html(&Duties { frame: by.frame(), branch: branch.name, owed })
}

#[derive(Template)]
#[template(path = "branch/roster.html")]
struct Roster {
    frame: Frame,
    title: String,
    took_part: usize,
    expected: usize,
    missing: Vec<Missing>,
}

struct Missing {
    name: String,
    has_login: bool,
}

pub(super) async fn roster(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let meeting = meeting::store::find(&app.db, id(&path)?).await?.ok_or(PageError::NotFound)?;
    officer::prove(&app.db, &by.account.id, meeting.branch_id, now).await?.ok_or(PageError::NotFound)?;
    let lines = attendance::roster(&app.db, &meeting).await?;
    let tally = branch::Tally::of(&lines);
    let missing = lines
        .into_iter()
        .filter(|line| line.attendance.is_none())
        .map(|line| Missing { name: line.person.name, has_login: line.has_login })
        .collect();
    html(&Roster {
        frame: by.frame(),
        title: meeting.title,
        took_part: tally.took_part,
        expected: tally.expected,
        missing,
    })
}
