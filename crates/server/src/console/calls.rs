//! 打电话给…: who could not be told otherwise. Seeing the number leaves a record, and when the call is made it is not shown any more.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    calendar::say,
    ids::CallTaskId,
    notice::{self, CallError, CallTask, Outcome, call, calls},
    person::{
        self, SealedColumn,
        reveal::{Purpose, RevealError, reveal},
    },
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::{
    app::App,
    page::{Frame, PageError, Said, html, see_other_saying},
    person::numbers::watched,
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/call.html")]
struct Page {
    frame: Frame,
    id: String,
    person: String,
    what: &'static str,
    why: &'static str,
    since: String,
    tel: String,
    shown: String,
    done: Option<&'static str>,
    outcomes: [Outcome; 3],
}

async fn found(app: &App, by: &SignedIn, path: &str) -> Result<(CallTask, Worker), PageError> {
    let id: CallTaskId = path.parse().or(Err(PageError::NotFound))?;
    let task = calls::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = by.prove(task.region_code.clone()).await?;
    Ok((task, worker))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (task, worker) = found(&app, &by, &path).await?;
    let now = app.clock.now();
    let person = person::store::find(&app.db, task.person_id).await?.ok_or(PageError::NotFound)?;
    let notice = notice::store::find(&app.db, task.notice_id).await?.ok_or(PageError::NotFound)?;
    let column = (task.person_id, SealedColumn::Phone);
    let tel = if task.outcome.is_some() {
        String::new()
    } else {
        match reveal(&app.db, &app.cx, &worker, column, Purpose::Contact, now).await {
            Ok(number) => {
                watched(&app, &by).await?;
                number.expose_secret().to_owned()
            }
            // None on file: somebody goes there.
            Err(RevealError::NotFound) => String::new(),
            Err(RevealError::CannotOpen(error)) => return Err(PageError::Broken(error.into())),
            Err(RevealError::Db(error)) => return Err(error.into()),
        }
    };
    html(&Page {
        frame: by.frame().console().titled(format!("打电话给{}", person.name)),
        id: task.id.to_string(),
        person: person.id.to_string(),
        what: notice.occasion.label(),
        why: notice.reason.map_or("一天没有读到，或者没有送到", notice::Reason::label),
        since: say::moment(task.opened_at, now),
        shown: say::telephone(&tel),
        tel,
        done: task.outcome.map(Outcome::label),
        outcomes: Outcome::ALL,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Ended {
    outcome: String,
}

pub(super) async fn close(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Ended>,
) -> Result<HttpResponse, PageError> {
    let (task, worker) = found(&app, &posted.by, &path).await?;
    let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.code() == posted.form.outcome);
    let outcome = outcome.ok_or(PageError::NotFound)?;
    match call::close(&app.db, &app.cx, &worker, (task.id, outcome), app.clock.now()).await {
        Ok(()) => Ok(see_other_saying("/console", Said::Kept)),
        Err(CallError::Already) => Ok(see_other_saying("/console", Said::Already)),
        Err(CallError::NotFound) => Err(PageError::NotFound),
        Err(CallError::Db(error)) => Err(error.into()),
    }
}
