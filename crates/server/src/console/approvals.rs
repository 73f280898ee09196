//! 审批对账: what does not agree with the platform, in words that a clerk can act on; and the clerk's explanation.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        excused::Excused,
        reconcile::{
            Check, Explained, Finding, Outcome,
            commands::{self, ExplainError},
            day::Day,
            reach, store,
        },
        store as aid,
    },
    authority::{Grants, Role, Scope, Worker},
    calendar::say,
    ids::{ApprovalFindingId, CaseId},
};
use serde::Deserialize;

use super::{
    case::reached,
    excused::{self, EXCUSED},
};
use crate::{
    app::App,
    authority::words::called,
    page::{Choice, Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

/// Rows of each list.
const ROWS: u64 = 100;
/// Days in the list.
const DAYS: u64 = 14;

#[derive(Template)]
#[template(path = "console/approvals.html")]
struct Page {
    frame: Frame,
    last: Option<Last>,
    open: Vec<Line>,
    over: Vec<Line>,
    /// How many are open, by what is the matter.
    counts: Vec<(&'static str, u64)>,
    /// The days that are closed: address, day, how they ended.
    days: Vec<(String, String, String)>,
    explanations: Vec<Choice>,
}

struct Last {
    when: String,
    matched: i64,
    late: i64,
    diverged: i64,
    orphans: i64,
}

/// One thing that does not agree, or did not.
pub(super) struct Line {
    pub(super) id: ApprovalFindingId,
    pub(super) case: Option<(CaseId, String)>,
    /// Has the reader nothing to do with the case?
    pub(super) excused: bool,
    pub(super) instance: String,
    pub(super) tag: Tag,
    pub(super) why: &'static str,
    pub(super) what_to_do: &'static str,
    pub(super) since: String,
    pub(super) ended: String,
    pub(super) asks: bool,
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
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let (mut open, mut over) = (Vec::new(), Vec::new());
    let kept = excused::of(&app, &grants).await?;
    for finding in reach::unexplained(&app.db, &scopes, ROWS).await? {
        open.extend(line(&app, (&grants, &kept), finding).await?);
    }
    for finding in reach::closed(&app.db, &scopes, ROWS).await? {
        over.extend(line(&app, (&grants, &kept), finding).await?);
    }
    let mut counts = Vec::new();
    let kinds =
        [(Outcome::Late, "迟到，正在补办"), (Outcome::Diverged, "两边不一致"), (Outcome::Orphan, "没有个案")];
    for (outcome, label) in kinds {
        counts.push((label, reach::open(&app.db, &scopes, outcome).await?));
    }
    let days = store::days(&app.db, DAYS).await?.into_iter().map(|day| closed(&day)).collect();
    html(&Page {
        counts,
        days,
        frame: by.frame().console().titled("审批对账"),
        last,
        open,
        over,
        explanations: Explained::ALL.map(|one| Choice::new(one.code(), one.label())).to_vec(),
    })
}

/// A day in the list.
fn closed(day: &Day) -> (String, String, String) {
    let how = match (day.unexplained, day.checks) {
        (0, 0) => "没有核对过".to_owned(),
        (0, _) => "没有说不清的".to_owned(),
        (open, _) => format!("{open}件没有说清"),
    };
    (format!("/console/approvals/days/{}", day.on_day), say::full_date(day.on_day), how)
}

/// `None`: about a case of another place.
pub(super) async fn line(
    app: &App,
    (grants, kept): (&Grants, &Excused),
    finding: Finding,
) -> Result<Option<Line>, PageError> {
    let mut excused = false;
    let case = match finding.case_id {
        None => None,
        Some(id) => {
            let case = aid::case::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
            if Worker::among(grants, case.place()).is_none() {
                return Ok(None);
            }
            excused = kept.from(&case).is_some();
            Some((id, case.number))
        }
    };
    if excused {
        return Ok(Some(Line {
            id: finding.id,
            case,
            excused,
            instance: String::new(),
            tag: Tag::quiet(EXCUSED),
            why: EXCUSED,
            what_to_do: "",
            since: String::new(),
            ended: String::new(),
            asks: false,
        }));
    }
    let explained = finding.closed_why.as_deref().and_then(Explained::parse);
    let ended = match (&finding.closed_by, explained) {
        (Some(by), Some(how)) => format!("{}（{}）", how.label(), called(app, by).await?),
        _ if finding.closed_at.is_some() => "已经一致".to_owned(),
        _ => "还没有说明".to_owned(),
    };
    Ok(Some(Line {
        id: finding.id,
        case,
        excused,
        instance: finding.instance_id,
        tag: match finding.outcome {
            Outcome::Late => Tag::waiting(finding.outcome.label()),
            Outcome::Diverged | Outcome::Orphan => Tag::attention(finding.outcome.label()),
        },
        why: finding.why.label(),
        what_to_do: finding.why.what_to_do(),
        since: say::moment(finding.found_at, app.clock.now()),
        ended,
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
            let case = reached(&app, &grants, &case.to_string()).await?;
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
