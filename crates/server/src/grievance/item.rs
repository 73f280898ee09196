//! One of them, for whoever may answer it or give it to somebody. Reading the words is recorded.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    aid::{self, procedure::in_force, standard::Level},
    authority::{self, Grants, Role, Worker},
    calendar::{Calendar, local_date, say},
    grievance::{
        Bar, Grievance, Outcome, Status, Step, WORDS,
        commands::read::{Read, read},
        reach, store,
    },
    ids::{AccountId, GrievanceId},
    person::{self, leader::Discretion},
    region::Regions,
};
use secrecy::{ExposeSecret, SecretString};

use super::{
    act::Typed,
    queue::{due, name},
    words::{page_error, tag},
};
use crate::{
    app::App,
    page::{Answer, Choice, Frame, Mistakes, Moment, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "grievance/item.html")]
pub(super) struct Page {
    frame: Frame,
    id: GrievanceId,
    tag: Tag,
    rows: Vec<Answer>,
    said: String,
    steps: Vec<Moment>,
    /// Nothing when it is closed.
    hands: Option<Hands>,
    /// Why the reader himself may not answer it.
    barred: Option<&'static str>,
    answers: bool,
    extends: bool,
    outcomes: Vec<Choice>,
    typed: Typed,
    longest: usize,
}

/// Whose it becomes, and who must not read it.
struct Hands {
    /// Who may get it.
    able: Vec<Choice>,
    /// Everybody who may be named.
    staff: Vec<Choice>,
    /// May the case that it is about be written down?
    links: bool,
}

impl Page {
    /// The same with what is wrong.
    pub(super) fn with(self, mistakes: Mistakes) -> Self {
        Self { frame: self.frame.with(mistakes), ..self }
    }
}

/// A row, and by what the reader reaches it.
pub(super) async fn reached(
    app: &App,
    by: &SignedIn,
    id: &str,
) -> Result<(Grievance, Grants, Worker), PageError> {
    let id: GrievanceId = id.parse().or(Err(PageError::NotFound))?;
    let row = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let grants = by.grants().await?;
    let worker = reach::highest(&grants, &row).ok_or(PageError::NotFound)?;
    Ok((row, grants, worker))
}

/// By which layer's row so many days, in words.
async fn why(app: &App, row: &Grievance) -> Result<String, PageError> {
    let (rows, today) = (aid::store::procedure::all(&app.db).await?, local_date(app.clock.now()));
    let Some(set) = in_force(&rows, row.kind.limit(), &row.region, row.received_on) else {
        return Ok("还没有定期限".to_owned());
    };
    let regions = Regions::load(&app.db).await?;
    let place = regions.find(&set.row.region, today).map_or_else(String::new, |found| found.name.clone());
    let from = say::full_date(set.row.valid_from);
    Ok(format!("{}，{place}定的，{from}起，依据：{}", row.kind.limit().says(set.value), set.row.source))
}

async fn facts(app: &App, row: &Grievance) -> Result<Vec<Answer>, PageError> {
    let today = local_date(app.clock.now());
    let calendar = Calendar::load(&app.db).await?;
    let who = match row.person_id {
        Some(id) => person::store::find(&app.db, id).await?.map(|person| person.name).unwrap_or_default(),
        None => "不留名字".to_owned(),
    };
    let mut rows = vec![
        Answer::new("反映什么", row.kind.label()),
        Answer::new("谁反映", if row.by_hand { format!("{who}（电话或上门，由工作人员记录）") } else { who }),
        Answer::new("收到", say::date(row.received_on, today)),
        Answer::new("哪一级答复", row.level.label()),
    ];
    if row.status.is_open() {
        rows.push(Answer::new("期限", due(row, &calendar, today).0));
    }
    rows.push(Answer::new("为什么是这么多天", why(app, row).await?));
    if let Some(case) = row.case_id
        && let Some(case) = aid::store::case::find(&app.db, case).await?
    {
        rows.push(Answer::new("哪一件申请", case.number));
    }
    if let Some(who) = &row.assigned_to {
        rows.push(Answer::new("谁办", name(app, who).await?));
    }
    Ok(rows)
}

async fn moments(
    app: &App,
    steps: &[(Step, Option<SecretString>)],
    discretion: &Discretion,
) -> Result<Vec<Moment>, PageError> {
    let today = local_date(app.clock.now());
    let mut told = Vec::new();
    for (step, words) in steps {
        let mut parts = vec![say::date(step.on_day, today)];
        for who in [&step.actor, &step.whom].into_iter().flatten() {
            parts.push(name(app, who).await?);
        }
        parts.extend(step.outcome.map(|outcome| outcome.label().to_owned()));
        parts.extend(step.until.map(|until| format!("{}以前答复", say::date(until, today))));
        parts.extend(words.as_ref().map(|words| discretion.says(words.expose_secret())));
        told.push(Moment { what: step.what.label().to_owned(), when: parts.join("，"), done: true });
    }
    Ok(told)
}

async fn choices(app: &App, ids: impl IntoIterator<Item = AccountId>) -> Result<Vec<Choice>, PageError> {
    let mut all = Vec::new();
    for id in ids {
        all.push(Choice::new(id.to_string(), name(app, &id).await?));
    }
    Ok(all)
}

async fn hands(
    app: &App,
    (row, happened): (&Grievance, &[Step]),
    now: DateTime<Utc>,
) -> Result<Hands, PageError> {
    let able = reach::able(&app.db, (row, happened), now).await?;
    let staff = authority::store::holders(&app.db, Role::Worker, &row.place(), now).await?;
    Ok(Hands {
        able: choices(app, able.into_iter().map(|(account, _)| account)).await?,
        staff: choices(app, staff).await?,
        links: row.case_id.is_none(),
    })
}

pub(super) async fn show(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<Page, PageError> {
    let (row, grants, worker) = reached(app, by, id).await?;
    let now = app.clock.now();
    let Read { row, said, steps } = read(&app.db, &app.cx, &worker, row.id, now).await.map_err(page_error)?;
    let discretion = Discretion::towards(&app.db, &grants).await?;
    let happened: Vec<Step> = steps.iter().map(|(step, _)| step.clone()).collect();
    let open = row.status.is_open();
    let hands = if open { Some(hands(app, (&row, &happened), now).await?) } else { None };
    let who = (worker.account(), worker.stands_for());
    let bar = reach::bar(&app.db, (&row, &happened), who, now).await?;
    let has = row.assigned_to.as_ref().is_some_and(|has| worker.is(has));
    let high = Level::of_reach(worker.reach()) >= row.level;
    let answers = row.status == Status::Assigned && has && bar.is_none() && high;
    let in_time = row.due_on.is_some_and(|due| due >= local_date(now));
    Ok(Page {
        frame: by.frame().console_at("/console/grievances").titled("反映的问题"),
        id: row.id,
        tag: tag(row.status),
        rows: facts(app, &row).await?,
        said: discretion.says(said.expose_secret()),
        steps: moments(app, &steps, &discretion).await?,
        hands,
        barred: bar.filter(|_| open).map(Bar::label),
        answers,
        extends: answers && !row.extended && in_time,
        outcomes: Outcome::all().map(|outcome| Choice::new(outcome.code(), outcome.label())).collect(),
        typed,
        longest: WORDS,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, &path, Typed::default()).await?)
}
