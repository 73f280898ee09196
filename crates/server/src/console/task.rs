//! 审批: an approver's task on our page, to which its card leads. Whoever decides has just signed in; what he decides, DingTalk executes in
//! his name. When somebody has decided elsewhere, the page says who and when.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use domain::{
    By,
    aid::{
        Case,
        deciding::{
            ApproverTask, TaskState, Wish,
            commands::{self, REMARK},
            store,
        },
        store as aid,
    },
    calendar::say,
    ids::{ApprovalTaskId, CaseId},
    person,
    trail::{self, Seen},
};
use notify::dispatch;
use serde::Deserialize;

use super::{case::reached, steps};
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/task.html")]
struct Page {
    frame: Frame,
    id: ApprovalTaskId,
    case: CaseId,
    rows: Vec<Answer>,
    /// What it says instead of the form.
    stands: Option<String>,
    /// The platform did not take what was decided last.
    again: bool,
    choices: Vec<Choice>,
    chosen: String,
    remark: String,
    longest: usize,
}

/// The task of the one who asks, and its case; for everybody else there is none.
async fn own(app: &App, by: &SignedIn, id: &str) -> Result<(ApproverTask, Case), PageError> {
    let id: ApprovalTaskId = id.parse().or(Err(PageError::NotFound))?;
    let task = store::find(&app.db, id).await?.filter(|task| task.holder == by.account.id);
    let task = task.ok_or(PageError::NotFound)?;
    let case = reached(app, &by.grants().await?, &task.case_id.to_string()).await?;
    Ok((task, case))
}

/// Has whoever asks signed in just now? Otherwise he signs in again, and what he has typed comes back with him.
fn just_signed_in(app: &App, by: &SignedIn, form: Option<String>, id: &str) -> Result<(), PageError> {
    let within = TimeDelta::minutes(app.config.web.decide_within_minutes.max(1));
    if by.session().opened_at + within > app.clock.now() {
        return Ok(());
    }
    Err(PageError::NotSignedIn { to: format!("/console/tasks/{id}"), form })
}

async fn shown(app: &App, by: &SignedIn, (task, case): (ApproverTask, Case)) -> Result<Page, PageError> {
    let now = app.clock.now();
    let round = aid::approval::find(&app.db, task.case_id, task.round).await?.ok_or(PageError::NotFound)?;
    let person = person::store::find(&app.db, case.person_id).await?.ok_or(PageError::NotFound)?;
    let log = aid::case::log(&app.db, case.id).await?;
    let due = steps::taken(app, &case, &log).await?.pop();
    let stands = match task.state {
        TaskState::Over => dispatch::ended(&app.db, &task, now).await?,
        TaskState::Open => None,
        TaskState::Deciding | TaskState::Sent => {
            let wish = if task.wish == Some(Wish::Agree) { "同意" } else { "不同意" };
            let when = task.pressed_at.map(|at| say::moment(at, now)).unwrap_or_default();
            Some(format!("您{when}选了{wish}，正在告诉钉钉。"))
        }
    };
    let group = aid::category::load(&app.db).await?.group(case.category);
    let mut rows = vec![
        Answer::new("受理编号", case.number.clone()),
        Answer::new("申请人", person.name),
        Answer::new("帮扶类别", group.label()),
        Answer::new("建议金额", round.amount.to_string()),
        Answer::new("审批级别", round.level.label()),
    ];
    rows.extend(due.map(|(_, words, _)| Answer::new("时限", words)));
    Ok(Page {
        frame: by.frame().console().titled("审批"),
        id: task.id,
        case: case.id,
        rows,
        stands,
        again: task.not_taken.is_some(),
        choices: vec![Choice::new("agree", "同意"), Choice::new("refuse", "不同意")],
        chosen: String::new(),
        remark: String::new(),
        longest: REMARK,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (task, case) = own(&app, &by, &path).await?;
    if task.state == TaskState::Open {
        just_signed_in(&app, &by, None, &path)?;
    }
    let grants = by.grants().await?;
    let covering = grants.all().iter().find(|live| live.role.sees_matters() && live.covers(&case.place()));
    let under = By::under(grants.account(), covering.ok_or(PageError::NotFound)?);
    trail::seen(&app.db, &app.cx, under, (case.person_id, Seen::Case(case.id)), app.clock.now()).await?;
    html(&shown(&app, &by, (task, case)).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Decided {
    #[serde(default)]
    wish: String,
    #[serde(default)]
    remark: String,
}

impl Decided {
    fn kept(&self) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("wish", &self.wish).append_pair("remark", &self.remark).finish()
    }
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Decided>,
) -> Result<HttpResponse, PageError> {
    let (task, case) = own(&app, &posted.by, &path).await?;
    let id = task.id;
    just_signed_in(&app, &posted.by, Some(posted.form.kept()), &path)?;
    let mut mistakes = Mistakes::new();
    let wish = mistakes.need("wish", Wish::parse(&posted.form.wish).ok_or("请选同意还是不同意"));
    if posted.form.remark.trim().chars().count() > REMARK {
        mistakes.add("remark", "意见太长了");
    }
    let (Some(wish), true) = (wish, mistakes.is_empty()) else {
        let page = shown(&app, &posted.by, (task, case)).await?;
        let Decided { wish, remark } = posted.form;
        return mistaken(&Page { frame: page.frame.with(mistakes), chosen: wish, remark, ..page });
    };
    let (grants, now) = (posted.by.grants().await?, app.clock.now());
    let decided = (id, wish, posted.form.remark.as_str());
    commands::decide(&app.db, &app.cx, &grants, decided, now).await.map_err(page_error)?;
    Ok(see_other(&format!("/console/tasks/{id}")))
}
