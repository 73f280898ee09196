//! 误登去世更正: asking for it, what waits for a second person, and one request with what is left to do after it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::{DeathUndoId, DeathUndoLeftId},
    person::{
        self,
        change::ChangeState,
        death_undo::{
            DeathUndo, Left, LeftToDo, UndoError, UndoRefusal,
            commands::{self, Mistake},
            store,
        },
        leader::Discretion,
    },
    trail::{self, Seen},
};
use notify::words::person as words;
use serde::Deserialize;

use super::words::{Reached, at, name, reached, scopes};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/death_undo.html")]
struct Form {
    frame: Frame,
    href: String,
    name: String,
    died: String,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
    evidence: String,
}

async fn blank(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Form, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let died_on = it.person.died_on.ok_or_else(|| undo_error(UndoRefusal::Alive.into()))?;
    let form = Form {
        frame: by.frame().console_at("/console/people").titled("申请更正误登的去世"),
        href: at(it.person.id),
        name: it.person.name.clone(),
        died: say::full_date(died_on),
        typed,
    };
    Ok((form, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&blank(&app, &by, &path, Typed::default()).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = blank(&app, &by, &path, typed.clone()).await?;
    let mistake = Mistake { reason: &typed.reason, evidence: &typed.evidence };
    match commands::ask(&app.db, &app.cx, &it.worker, (it.person.id, mistake), app.clock.now()).await {
        Ok(undo) => Ok(see_other(&format!("/console/death-undos/{}", undo.id))),
        Err(UndoError::Refused(refusal @ (UndoRefusal::NoReason | UndoRefusal::NoEvidence))) => {
            let field = if refusal == UndoRefusal::NoReason { "reason" } else { "evidence" };
            let mistakes = Mistakes::one(field, words::death_undo(refusal).replace('\n', ""));
            mistaken(&Form { frame: page.frame.clone().with(mistakes), ..page })
        }
        Err(error) => Err(undo_error(error)),
    }
}

#[derive(Template)]
#[template(path = "person/death_undos.html")]
struct List {
    frame: Frame,
    waiting: Vec<Line>,
    unfinished: Vec<Line>,
}

/// Which, who, since when.
type Line = (String, String, String);

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (_, scopes) = scopes(&by).await?;
    let waiting = lines(&app, store::waiting(&app.db, &scopes, 100).await?).await?;
    let unfinished = lines(&app, store::unfinished(&app.db, &scopes, 100).await?).await?;
    let frame = by.frame().console_at("/console/people").titled("误登去世更正");
    html(&List { frame, waiting, unfinished })
}

async fn lines(app: &App, undos: Vec<DeathUndo>) -> Result<Vec<Line>, PageError> {
    let today = local_date(app.clock.now());
    let mut lines = Vec::new();
    for undo in undos {
        let who = person::store::find(&app.db, undo.person_id).await?.map(|one| one.name);
        let asked = say::date(local_date(undo.asked_at), today);
        lines.push((undo.id.to_string(), who.unwrap_or_default(), asked));
    }
    Ok(lines)
}

#[derive(Template)]
#[template(path = "person/death_undone.html")]
struct Page {
    frame: Frame,
    id: String,
    href: String,
    rows: Vec<Answer>,
    left: Vec<ToDo>,
    mine: bool,
    open: bool,
}

/// Something to do, with where it is done.
struct ToDo {
    id: String,
    what: &'static str,
    href: String,
    link: &'static str,
    done: bool,
    note: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (undo, it) = found(&app, &by, &path).await?;
    let look = (it.person.id, Seen::DeathUndo(undo.id));
    trail::seen(&app.db, &app.cx, &it.worker, look, app.clock.now()).await?;
    let discretion = Discretion::towards(&app.db, &it.grants).await?;
    let mut rows = vec![
        Answer::new("姓名", it.person.name.clone()),
        Answer::new("登记的去世日期", say::full_date(undo.died_on)),
        Answer::new("怎么登记错的", discretion.says(&undo.reason)),
        Answer::new("依据的材料", discretion.says(&undo.evidence)),
        Answer::new("谁提的", name(&app, &undo.asked_by).await?),
        Answer::new("状态", undo.state.label()),
    ];
    if let Some(by) = &undo.decided_by {
        rows.push(Answer::new("谁审核的", name(&app, by).await?));
    }
    if let Some(answer) = &undo.answer {
        rows.push(Answer::new("为什么不同意", discretion.says(answer)));
    }
    let left = store::left_after(&app.db, undo.id).await?;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled("误登去世更正"),
        id: undo.id.to_string(),
        href: at(it.person.id),
        rows,
        left: left.into_iter().map(|row| to_do(row, &it, &discretion)).collect(),
        mine: undo.asked_by == by.account.id,
        open: undo.state == ChangeState::Asked,
    })
}

/// A request about somebody whom the reader may see.
async fn found(app: &App, by: &SignedIn, id: &str) -> Result<(DeathUndo, Reached), PageError> {
    let id: DeathUndoId = id.parse().or(Err(PageError::NotFound))?;
    let undo = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(app, by, &undo.person_id.to_string()).await?;
    Ok((undo, it))
}

fn to_do(row: LeftToDo, it: &Reached, discretion: &Discretion) -> ToDo {
    let person = at(it.person.id);
    let about = row.about.unwrap_or_default();
    let (what, href, link) = match row.what {
        Left::Tell => ("当面或打电话告诉本人和家人，登记错了，已经更正", person, "看电话"),
        Left::SignIn => ("账号已经接上，本人的手机要重新登录", format!("{person}/logins"), "看关联的账号"),
        Left::Login => ("账号或代办没有接上，要重新关联", format!("{person}/logins"), "去关联账号"),
        Left::Membership => ("组织关系没有接上，要支部重新登记", person, "看组织关系"),
        Left::Post => ("支部职务没有接上，要支部重新任命", person, "看组织关系"),
        Left::Stay => ("住院登记没有接上，要重新登记", format!("{person}/stay"), "去登记住院"),
        Left::Case => {
            ("帮扶已经终止，没有发的钱停下了，要重新申请", format!("/console/aid/{about}"), "看终止的个案")
        }
        Left::Claim => (
            "因为去世提出过追回，要撤销，已退回的还给本人",
            format!("/console/clawbacks/{about}"),
            "看这笔追回",
        ),
        Left::Visit => {
            ("慰问名单上已经移出，要另外安排", format!("/console/outreach/plans/{about}"), "看慰问计划")
        }
        Left::Unknown => ("去世登记得早，没有记下停了哪些，要逐项核对", person, "看这个人的档案"),
    };
    ToDo {
        id: row.id.to_string(),
        what,
        href,
        link,
        done: row.done_at.is_some(),
        note: row.note.map(|note| discretion.says(&note)).unwrap_or_default(),
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
    let (undo, it) = found(&app, &posted.by, &path).await?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), undo.id);
    let done = match posted.form.act.as_str() {
        "agree" => commands::decide(db, cx, &it.worker, (id, None), now).await,
        "refuse" => {
            let why = Some(posted.form.reason.as_str());
            commands::decide(db, cx, &it.worker, (id, why), now).await
        }
        "withdraw" => commands::withdraw(db, cx, &it.worker, id, now).await,
        _ => return Err(PageError::NotFound),
    };
    done.map_err(undo_error)?;
    Ok(see_other_saying(&format!("/console/death-undos/{id}"), Said::Kept))
}

#[derive(Debug, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    note: String,
}

pub(super) async fn done(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Done>,
) -> Result<HttpResponse, PageError> {
    let id: DeathUndoLeftId = path.parse().or(Err(PageError::NotFound))?;
    let row = store::find_left(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let (undo, it) = found(&app, &posted.by, &row.undo_id.to_string()).await?;
    let now = app.clock.now();
    let note = posted.form.note.as_str();
    commands::done(&app.db, &app.cx, &it.worker, (id, note), now).await.map_err(undo_error)?;
    Ok(see_other_saying(&format!("/console/death-undos/{}", undo.id), Said::Kept))
}

fn undo_error(error: UndoError) -> PageError {
    match error {
        UndoError::NotFound => PageError::NotFound,
        UndoError::Refused(refusal) => PageError::Refused(words::death_undo(refusal).to_owned()),
        UndoError::Db(error) => error.into(),
    }
}
