//! 发送: what the month still allows, the reminder plans with their forecasts, and the letters about which somebody must look.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Grants, Role, Scope, Worker},
    calendar::say,
    ids::ReminderPlanId,
    notice::{self, Notice, PlanError, ReminderPlan, plans},
    quota::{self, Figures},
};
use notify::scheduler::coming_month;
use serde::Deserialize;

use super::told::{Told, told};
use crate::{
    app::App,
    page::{Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of a list.
const SHOWN: u64 = 50;

#[derive(Template)]
#[template(path = "console/sending.html")]
struct Page {
    frame: Frame,
    month: Figures,
    paused: String,
    lanes: Vec<(&'static str, i64)>,
    dead: i64,
    plans: Vec<PlanLine>,
    troubled: Vec<Told>,
}

struct PlanLine {
    id: String,
    name: String,
    region: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "console/plan.html")]
struct PlanPage {
    frame: Frame,
    id: String,
    version: i64,
    enabled: bool,
    tag: Tag,
    times: usize,
    forecast: notice::Forecast,
    month: Figures,
}

/// The places of the reader's work; pages about sending are for workers.
async fn scopes(by: &SignedIn) -> Result<(Grants, Vec<Scope>), PageError> {
    let grants = by.grants().await?;
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    if scopes.is_empty() { Err(PageError::NotFound) } else { Ok((grants, scopes)) }
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, _) = scopes(&by).await?;
    let now = app.clock.now();
    let month = quota::figures(&app.db, &app.limits, now).await?;
    let mut lines = Vec::new();
    for plan in notice::store::plans(&app.db).await? {
        if Worker::among(&grants, plan.region_code.clone()).is_some() {
            lines.push(PlanLine {
                id: plan.id.to_string(),
                name: plan.name.clone(),
                region: plan.region_code.to_string(),
                tag: state(&plan),
            });
        }
    }
    let mut troubled = Vec::new();
    for row in notice::store::troubled(&app.db, SHOWN).await? {
        troubled.extend(reached(&app, &grants, row).await?);
    }
    let queue = mailbox::outbox::waiting(&app.db).await?;
    html(&Page {
        frame: by.frame().console().titled("消息发送"),
        paused: month.paused_until.map(|until| say::moment(until, now)).unwrap_or_default(),
        month,
        lanes: queue.into_iter().map(|(lane, waiting)| (lane_label(lane), waiting)).collect(),
        dead: mailbox::outbox::depth(&app.db).await?.dead,
        plans: lines,
        troubled,
    })
}

/// A line, if the reader's work covers its person.
async fn reached(app: &App, grants: &Grants, row: Notice) -> Result<Option<Told>, PageError> {
    let Some(person) = row.person_id else { return Ok(None) };
    let place = domain::person::store::place_of(&app.db, person).await?;
    match place.and_then(|place| Worker::among(grants, place)) {
        Some(_) => Ok(Some(told(app, row).await?)),
        None => Ok(None),
    }
}

const fn lane_label(lane: mailbox::Lane) -> &'static str {
    use mailbox::Lane;
    match lane {
        Lane::Emergency => "紧急",
        Lane::Result => "本人结果和答复",
        Lane::Reminder => "提醒",
        Lane::Digest => "汇总",
        Lane::Greeting => "问候",
    }
}

fn state(plan: &ReminderPlan) -> Tag {
    if plan.enabled { Tag::good("已开启") } else { Tag::quiet("已关闭") }
}

async fn found(app: &App, by: &SignedIn, path: &str) -> Result<(ReminderPlan, Worker), PageError> {
    let id: ReminderPlanId = path.parse().or(Err(PageError::NotFound))?;
    let plan = notice::store::find_plan(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = by.prove(plan.region_code.clone()).await?;
    Ok((plan, worker))
}

/// What a plan costs, before it is switched.
pub(super) async fn plan(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (plan, _) = found(&app, &by, &path).await?;
    let now = app.clock.now();
    let fires = coming_month(&plan.cron, now);
    html(&PlanPage {
        frame: by.frame().console().titled(plan.name.clone()),
        id: plan.id.to_string(),
        version: plan.version,
        enabled: plan.enabled,
        tag: state(&plan),
        times: fires.len(),
        forecast: notice::forecast(&app.db, &plan, &fires).await?,
        month: quota::figures(&app.db, &app.limits, now).await?,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Switch {
    version: i64,
    on: bool,
}

pub(super) async fn switch(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Switch>,
) -> Result<HttpResponse, PageError> {
    let (plan, worker) = found(&app, &posted.by, &path).await?;
    let (which, now) = ((plan.id, posted.form.version), app.clock.now());
    let done = if posted.form.on {
        plans::enable(&app.db, &app.cx, &worker, which, now).await
    } else {
        plans::disable(&app.db, &app.cx, &worker, which, now).await
    };
    match done {
        Ok(_) => Ok(see_other_saying(&format!("/console/plans/{}", plan.id), Said::Kept)),
        Err(PlanError::NotFound) => Err(PageError::NotFound),
        Err(PlanError::Stale) => {
            Err(PageError::Refused("刚才有人改过了。\n请返回上一页，再看一次。".to_owned()))
        }
        Err(PlanError::Db(error)) => Err(error.into()),
    }
}
