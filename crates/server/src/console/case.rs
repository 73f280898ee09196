//! A case on the desk: what each role may see, and the buttons of the roles.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    By,
    aid::{
        Case, CaseEvent, Happened, RoundState, Status,
        commands::{assessment::is_open, ready, stop::asks_about_elsewhere},
        public_notice::{Objection, Outcome},
        store,
    },
    authority::{Grants, Role, Worker},
    calendar::{local_date, local_time, say},
    ids::CaseId,
    person,
    privacy::mask,
    trail::{self, Seen},
};

use super::{
    assessment,
    earlier::{self, Earlier},
    excused, history,
    next::{asks_for_papers, button, links},
    standards, steps,
    words::told,
};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    budget,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/case.html")]
struct Page {
    frame: Frame,
    id: CaseId,
    number: String,
    name: String,
    group: &'static str,
    status: &'static str,
    proposed: Option<String>,
    approved: Option<String>,
    /// What it may be given, and where it says why.
    standard: Option<standards::OfCase>,
    /// What the visitors assessed, and where it says what.
    assessed: Option<(String, String)>,
    /// Which papers are missing.
    lacking: Vec<String>,
    /// The envelope's page, and what it is called.
    budget: Option<(String, String)>,
    rounds: Vec<(i32, &'static str)>,
    notice: Option<String>,
    hangs: bool,
    log: Vec<(String, String)>,
    /// What DingTalk says of its approval, and what our log has beside it.
    platform: Vec<history::Line>,
    button: Option<(&'static str, &'static str)>,
    links: Vec<(&'static str, &'static str)>,
    objections: Vec<Objected>,
    appeals: Vec<Objected>,
    emergencies: Vec<Objected>,
    follow_ups: Vec<Objected>,
    earlier: Vec<Earlier>,
    /// Why it was closed.
    closed: Option<&'static str>,
    clocks: Vec<(&'static str, String, bool)>,
    audits: bool,
}

/// An objection in the list: what it says is opened on its own page.
struct Objected {
    href: String,
    when: String,
    outcome: &'static str,
}

/// A case that one of the reader's roles covers, and from which he is not excused.
pub(crate) async fn reached(app: &App, grants: &Grants, text: &str) -> Result<Case, PageError> {
    let case = covered(app, grants, text).await?;
    excused::goes_on(app, grants, &case).await?;
    Ok(case)
}

/// A case that one of the reader's roles covers; others do not exist. What he may see of it is another question.
pub(crate) async fn covered(app: &App, grants: &Grants, text: &str) -> Result<Case, PageError> {
    let id: CaseId = text.parse().or(Err(PageError::NotFound))?;
    let case = store::case::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let place = case.place();
    let guarded = person::leader::store::of_person(&app.db, case.person_id).await?.is_some();
    if !guarded && grants.all().iter().any(|grant| grant.role.sees_matters() && grant.covers(&place)) {
        Ok(case)
    } else {
        Err(PageError::NotFound)
    }
}

/// The same, for a worker of its place.
pub(super) async fn worked(app: &App, by: &SignedIn, text: &str) -> Result<(Case, Worker), PageError> {
    let grants = by.grants().await?;
    let case = reached(app, &grants, text).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    Ok((case, worker))
}

/// What happened, and for whom somebody stood in.
async fn happened(app: &App, event: &CaseEvent) -> Result<String, PageError> {
    let label = told(&event.what);
    let (who, away) = match (&event.what, &event.actor, &event.stands_for) {
        (Happened::ApprovalPassed { to, back: true, .. }, ..) => {
            return Ok(format!("{label}{}", called(app, to).await?));
        }
        (Happened::ApprovalPassed { to, away, .. }, ..) => (to, away),
        (Happened::PlatformAct { by, .. }, ..) => {
            return Ok(format!("{label}（{}）", called(app, by).await?));
        }
        (_, Some(actor), Some(away)) => (actor, away),
        _ => return Ok(label),
    };
    Ok(format!("{label}（{}代{}）", called(app, who).await?, called(app, away).await?))
}

const fn became(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        None => "待处理",
        Some(Outcome::Upheld) => "成立",
        Some(Outcome::Dismissed) => "不成立",
    }
}

fn objected(case: &Case, objection: &Objection, today: NaiveDate) -> Objected {
    Objected {
        href: format!("/console/aid/{}/objections/{}", case.id, objection.id),
        when: say::date(local_date(objection.recorded_at), today),
        outcome: became(objection.outcome),
    }
}

/// The appeals of a case; what they say is opened on their own pages.
async fn appealed(app: &App, case: &Case, today: NaiveDate) -> Result<Vec<Objected>, PageError> {
    let all = store::paper::appeals(&app.db, case.id).await?.into_iter().map(|appeal| Objected {
        href: format!("/console/aid/{}/appeals/{}", case.id, appeal.id),
        when: say::date(local_date(appeal.filed_at), today),
        outcome: became(appeal.outcome),
    });
    Ok(all.collect())
}

/// Who was drawn to be visited once more; what was found stands on another page.
async fn follow_ups(app: &App, case: &Case, today: NaiveDate) -> Result<Vec<Objected>, PageError> {
    let all = store::after::follow_ups(&app.db, case.id).await?.into_iter().map(|row| Objected {
        href: format!("/console/aid/{}/follow-ups/{}", case.id, row.id),
        when: row.due_on.map(|due| say::date(due, today)).unwrap_or_default(),
        outcome: if row.is_open() { "待回访" } else { "已回访" },
    });
    Ok(all.collect())
}

/// What was asked for ahead of the papers; why stands on their own pages.
async fn ahead(app: &App, case: &Case, today: NaiveDate) -> Result<Vec<Objected>, PageError> {
    let all = store::emergency::of_case(&app.db, case.id).await?.into_iter().map(|it| Objected {
        href: format!("/console/aid/{}/emergencies/{}", case.id, it.id),
        when: say::date(local_date(it.asked_at), today),
        outcome: it.state.label(),
    });
    Ok(all.collect())
}

/// What was assessed last, and its sheet.
async fn assessed(app: &App, case: &Case) -> Result<Option<(String, String)>, PageError> {
    let last = store::setting::assessments(&app.db, case.id).await?.pop();
    let at = |id| format!("/console/aid/{}/assessments/{id}", case.id);
    Ok(last.map(|it| (at(it.id), assessment::total(it.points, it.most))))
}

/// Which papers are missing while they may still come.
async fn lacking(app: &App, case: &Case) -> Result<Vec<String>, PageError> {
    if !asks_for_papers(case.status) {
        return Ok(Vec::new());
    }
    let lacking = ready::lacking(&app.db, case, app.clock.now()).await?;
    Ok(lacking.iter().map(|it| format!("{}：{}", it.demand.how(), it.demand.label())).collect())
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let covering = grants.all().iter().find(|live| live.role.sees_matters() && live.covers(&case.place()));
    let by_grant = By::under(grants.account(), covering.ok_or(PageError::NotFound)?);
    let look = (case.person_id, Seen::Case(case.id));
    trail::seen(&app.db, &app.cx, by_grant, look, app.clock.now()).await?;
    let person = person::store::find(&app.db, case.person_id).await?.ok_or(PageError::NotFound)?;
    let (place, today) = (case.place(), local_date(app.clock.now()));
    let holds = |role| grants.scopes(role).any(|scope| scope.covers(&place));
    let works = holds(Role::Worker);
    // Those who visit must know whom; those who pay or audit need no name here.
    let name = if works { person.name } else { mask::name(&person.name) };
    let events = store::case::log(&app.db, case.id).await?;
    let clocks = steps::taken(&app, &case, &events).await?;
    let mut log = Vec::new();
    let platform = history::lines(&app, &case, &events).await?;
    for event in events {
        let at = format!("{}{}", say::date(local_date(event.at), today), say::time(local_time(event.at)));
        log.push((at, happened(&app, &event).await?));
    }
    let rounds = store::approval::of_case(&app.db, case.id).await?;
    let asked = rounds.iter().any(|round| round.instance_id.is_some());
    let agreed = rounds.last().is_some_and(|round| round.state == RoundState::Agreed);
    let objections = if works { store::notice::objections(&app.db, case.id).await? } else { Vec::new() };
    let new_account = store::account::unvouched(&app.db, &case, app.clock.now()).await?.is_some();
    let elsewhere =
        works && asks_about_elsewhere(&app.db, &app.cx, &case, app.clock.now()).await.map_err(page_error)?;
    let assesses = works && case.status == Status::Visited && is_open(&app.db, &case).await?;
    let notice = store::notice::of_case(&app.db, case.id).await?;
    let prints = works || holds(Role::Publisher);
    let group = store::category::load(&app.db).await?.group(case.category).label();
    html(&Page {
        frame: by.frame().console(),
        id: case.id,
        number: case.number.clone(),
        name,
        group,
        status: case.status.label(),
        proposed: case.proposed.map(|amount| amount.to_string()),
        approved: case.approved.map(|amount| amount.to_string()),
        standard: standards::of_case(&app, &grants, &case).await?,
        assessed: if works || holds(Role::Approver) { assessed(&app, &case).await? } else { None },
        lacking: if works { lacking(&app, &case).await? } else { Vec::new() },
        budget: case.envelope().and_then(|pot| {
            let label = format!("{}年{group}", pot.year);
            Some((budget::address(&grants, &pot)?, label))
        }),
        rounds: rounds.into_iter().map(|round| (round.round, round.state.label())).collect(),
        hangs: prints && notice.as_ref().is_some_and(|notice| notice.is_public(today)),
        notice: notice.map(|notice| notice.text),
        log,
        platform,
        button: button(&case, agreed).filter(|(role, _, _)| holds(*role)).map(|(_, act, label)| (act, label)),
        links: if works {
            let mut all = links(case.status, (new_account, elsewhere, case.paid.is_positive(), assesses));
            all.extend(case.giving_up().is_ok().then_some(("give-up", "本人不要了")));
            all.extend(asked.then_some(("history", "看钉钉审批意见")));
            all
        } else if holds(Role::Approver) {
            vec![("papers", "看材料"), ("history", "看钉钉审批意见")]
        } else {
            Vec::new()
        },
        follow_ups: if works { follow_ups(&app, &case, today).await? } else { Vec::new() },
        earlier: if works { earlier::of_case(&app, &grants, &case, today).await? } else { Vec::new() },
        closed: store::after::closing(&app.db, case.id).await?.map(|closing| closing.reason.label()),
        emergencies: if works || holds(Role::Approver) {
            ahead(&app, &case, today).await?
        } else {
            Vec::new()
        },
        appeals: if works { appealed(&app, &case, today).await? } else { Vec::new() },
        clocks,
        objections: objections.iter().map(|objection| objected(&case, objection, today)).collect(),
        audits: holds(Role::AuditAdmin),
    })
}
