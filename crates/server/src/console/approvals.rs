//! 审批对账: what does not agree with the platform, in words that a clerk can act on; and the clerk's explanation.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        reconcile::{
            Check, Explained, Finding, Outcome,
            commands::{self, ExplainError},
            store,
        },
        store as aid,
    },
    authority::{Grants, Worker},
    calendar::say,
    ids::{ApprovalFindingId, CaseId},
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Choice, Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

/// Rows of each list.
const ROWS: u64 = 100;

#[derive(Template)]
#[template(path = "console/approvals.html")]
struct Page {
    frame: Frame,
    last: Option<Last>,
    open: Vec<Line>,
    over: Vec<Line>,
    explanations: Vec<Choice>,
}

struct Last {
    when: String,
    matched: i64,
    late: i64,
    diverged: i64,
    orphans: i64,
}

struct Line {
    id: ApprovalFindingId,
    case: Option<(CaseId, String)>,
    instance: String,
    tag: Tag,
    why: &'static str,
    since: String,
    ended: &'static str,
    asks: bool,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let now = app.clock.now();
    let last = store::checks(&app.db, 20).await?.into_iter().find(|check| check.done_at.is_some());
    let last = last.map(|Check { started_at, matched, late, diverged, orphans, .. }| Last {
        when: say::moment(started_at, now),
        matched,
        late,
        diverged,
        orphans,
    });
    let (mut open, mut over) = (Vec::new(), Vec::new());
    for finding in store::unexplained(&app.db, ROWS).await? {
        open.extend(line(&app, &grants, finding).await?);
    }
    for finding in store::closed(&app.db, ROWS).await? {
        over.extend(line(&app, &grants, finding).await?);
    }
    html(&Page {
        frame: by.frame().console().titled("审批对账"),
        last,
        open,
        over,
        explanations: Explained::ALL.map(|one| Choice::new(one.code(), one.label())).to_vec(),
    })
}

/// `None`: about a case of another place.
async fn line(app: &App, grants: &Grants, finding: Finding) -> Result<Option<Line>, PageError> {
    let case = match finding.case_id {
        None => None,
        Some(id) => {
            let case = aid::case::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
            if Worker::among(grants, case.place()).is_none() {
                return Ok(None);
            }
            Some((id, case.number))
        }
    };
    let explained = finding.closed_why.as_deref().and_then(Explained::parse);
    Ok(Some(Line {
        id: finding.id,
        case,
        instance: finding.instance_id,
        tag: match finding.outcome {
            Outcome::Late => Tag::waiting(finding.outcome.label()),
            Outcome::Diverged | Outcome::Orphan => Tag::attention(finding.outcome.label()),
        },
        why: finding.why.label(),
        since: say::moment(finding.found_at, app.clock.now()),
        ended: explained.map_or("已经一致", Explained::label),
        // What came late is caught up by itself.
        asks: finding.closed_at.is_none() && finding.outcome != Outcome::Late,
    }))
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    why: String,
}

pub(super) async fn explain(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let id: ApprovalFindingId = path.parse().or(Err(PageError::NotFound))?;
    let finding = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = match finding.case_id {
        None => Worker::somewhere(&grants),
        Some(case) => {
            let case = aid::case::find(&app.db, case).await?.ok_or(PageError::NotFound)?;
            Worker::among(&grants, case.place())
        }
    };
    let worker = worker.ok_or(PageError::NotFound)?;
    let explained = Explained::parse(&posted.form.why).ok_or(PageError::Stale)?;
    let said = match commands::explain(&app.db, &app.cx, &worker, (id, explained), app.clock.now()).await {
        Ok(()) => Said::Kept,
        Err(ExplainError::Already) => Said::Already,
        Err(ExplainError::NotFound) => return Err(PageError::NotFound),
        Err(ExplainError::Db(error)) => return Err(error.into()),
    };
    Ok(see_other_saying("/console/approvals", said))
}
