//! Requests that wait for a second person, and one of them: what it was, what it becomes.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    calendar::{local_date, say},
    ids::PersonChangeId,
    person::{
        self,
        change::{self, ChangeState, Disagreement, Field, PersonChange, commands, store},
        leader::Discretion,
    },
    trail::{self, Seen},
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{
    numbers::watched,
    words::{Reached, at, change_error, name, reached, scopes},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, html, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/changes.html")]
struct List {
    frame: Frame,
    lines: Vec<(String, String, String, String)>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (_, scopes) = scopes(&by).await?;
    let today = local_date(app.clock.now());
    let mut lines = Vec::new();
    for change in store::waiting(&app.db, &scopes, 100).await? {
        let who =
            person::store::find(&app.db, change.person_id).await?.map(|one| one.name).unwrap_or_default();
        let asked = say::date(local_date(change.asked_at), today);
        lines.push((change.id.to_string(), who, label(&change), asked));
    }
    html(&List { frame: by.frame().console_at("/console/people").titled("变更申请"), lines })
}

/// The import that asks, for whoever may look at it.
async fn intake(app: &App, it: &Reached, change: &PersonChange) -> Result<Option<String>, PageError> {
    let Some(id) = change.intake_id else { return Ok(None) };
    let intake = domain::intake::store::find(&app.db, id).await?;
    let intake = intake.filter(|intake| Worker::among(&it.grants, intake.at()).is_some());
    Ok(intake.map(|intake| format!("/console/intakes/{}", intake.id)))
}

fn label(change: &PersonChange) -> String {
    change.what().map_or_else(|| change.field.clone(), |field| field.label().to_owned())
}

#[derive(Template)]
#[template(path = "person/changed.html")]
struct Page {
    frame: Frame,
    id: String,
    href: String,
    rows: Vec<Answer>,
    /// What the new number says otherwise than the record.
    disagrees: Vec<String>,
    /// There is a whole number to hold against the document.
    numbered: bool,
    /// The number, once it was asked for.
    number: Option<String>,
    intake: Option<String>,
    mine: bool,
    open: bool,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: PersonChangeId = path.parse().or(Err(PageError::NotFound))?;
    let change = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(&app, &by, &change.person_id.to_string()).await?;
    let look = (it.person.id, Seen::Change(id));
    trail::seen(&app.db, &app.cx, &it.worker, look, app.clock.now()).await?;
    shown(&app, &by, (&it, &change), None).await
}

async fn shown(
    app: &App,
    by: &SignedIn,
    (it, change): (&Reached, &PersonChange),
    number: Option<String>,
) -> Result<HttpResponse, PageError> {
    let discretion = Discretion::towards(&app.db, &it.grants).await?;
    let diff = commands::diff(&app.db, &app.cx, &it.worker, change).await.map_err(change_error)?;
    let mut rows = vec![
        Answer::new("姓名", it.person.name.clone()),
        Answer::new("改哪一项", label(change)),
        Answer::new("原来", diff.before.unwrap_or_else(|| "没有登记".to_owned())),
        Answer::new("改成", diff.after),
        Answer::new("从哪一天起", say::full_date(change.effective_on)),
        Answer::new("依据的材料", discretion.says(&change.evidence)),
        Answer::new("谁提的", name(app, &change.asked_by).await?),
        Answer::new("状态", change.state.label()),
    ];
    if let Some(by) = &change.decided_by {
        rows.push(Answer::new("谁审核的", name(app, by).await?));
    }
    if let Some(reason) = &change.reason {
        rows.push(Answer::new("为什么不同意", discretion.says(reason)));
    }
    let open = change.state == ChangeState::Asked;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled("变更申请"),
        id: change.id.to_string(),
        href: at(it.person.id),
        rows,
        disagrees: diff.disagrees.into_iter().map(disagreement).collect(),
        numbered: open && change.what() == Some(Field::Identity),
        number,
        intake: intake(app, it, change).await?,
        mine: change.asked_by == by.account.id,
        open,
    })
}

fn disagreement(one: Disagreement) -> String {
    match one {
        Disagreement::Gender(record, number) => {
            format!("档案里是{}，新号码是{}。", record.label(), number.label())
        }
        Disagreement::Birth(record, number) => {
            format!("档案里{}出生，新号码是{}。", record.say(), say::full_date(number))
        }
        Disagreement::Number(said) => format!("档案里的身份证号是{}的号码。", said.label()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    act: String,
    #[serde(default)]
    reason: String,
}

pub(super) async fn decide(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Decision>,
) -> Result<HttpResponse, PageError> {
    let id: PersonChangeId = path.parse().or(Err(PageError::NotFound))?;
    let change = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(&app, &posted.by, &change.person_id.to_string()).await?;
    let (db, cx, now, worker) = (&app.db, &app.cx, app.clock.now(), &it.worker);
    match posted.form.act.as_str() {
        "agree" => commands::decide(db, cx, worker, (id, None), now).await.map_err(change_error)?,
        "refuse" => {
            let why = Some(posted.form.reason.as_str());
            commands::decide(db, cx, worker, (id, why), now).await.map_err(change_error)?;
        }
        "look" => {
            let number = change::look(db, cx, worker, id, now).await.map_err(change_error)?;
            watched(&app, &posted.by).await?;
            return shown(&app, &posted.by, (&it, &change), Some(number.expose_secret().to_owned())).await;
        }
        "withdraw" => commands::withdraw(db, cx, worker, id, now).await.map_err(change_error)?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_other_saying(&format!("/console/changes/{id}"), Said::Kept))
}
