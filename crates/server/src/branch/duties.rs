//! What the branch still owes by the rules: how many were held, how many there must be, until when.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    branch,
    calendar::{local_date, say},
    ids::BranchId,
};

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
    /// Today's meetings: address, title, how many came of how many.
    today: Vec<(String, String, String)>,
}

struct Owed {
    what: &'static str,
    cycle: &'static str,
    have: u32,
    need: u32,
    due: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let branch: BranchId = path.parse().or(Err(PageError::NotFound))?;
    by.secretary(branch).await?;
    let now = app.clock.now();
    let digest = branch::digest(&app.db, branch, now).await?.ok_or(PageError::NotFound)?;
    let today = local_date(now);
    let owed = digest.missing.into_iter().map(|missing| Owed {
        what: missing.obligation.label(),
        cycle: missing.period.cycle().label(),
        have: missing.have,
        need: missing.need,
        due: say::date(missing.due, today),
    });
    let rosters = digest.today.into_iter().map(|it| {
        let came = format!("应到{}人，已到{}人", it.tally.expected, it.tally.took_part);
        (format!("/branch/meetings/{}/roster", it.meeting.id), it.meeting.title, came)
    });
    html(&Duties {
        frame: by.frame().titled("支部还差什么"),
        branch: digest.branch.name,
        owed: owed.collect(),
        today: rosters.collect(),
    })
}
