//! 等第二人确认: a change that reaches into what an administrator's grant covers.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::TreeChangeId,
    region::Regions,
    tree::{Change, ChangeState, TreeChange, TreeError, TreeRefusal, desk, effects, look, store},
};
use serde::Deserialize;

use super::{
    effects::{Meant, meant},
    words::{admin, frame, reader, refusal},
};
use crate::{
    app::App,
    authority::words::called,
    page::{Answer, Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "tree/waiting.html")]
struct Page {
    frame: Frame,
    href: String,
    tag: Tag,
    rows: Vec<Answer>,
    meant: Option<Meant>,
    /// Why it can no longer be done.
    why: &'static str,
    /// The reader is the second person.
    confirms: bool,
    /// The reader may say no; whoever asked takes it back.
    refuses: &'static str,
}

/// What is asked, in a sentence.
pub(super) async fn says(app: &App, row: &TreeChange) -> Result<String, PageError> {
    let Some(change) = row.change() else { return Ok("一项调整".to_owned()) };
    let (db, on) = (&app.db, change.on());
    let node = async |id| {
        Ok::<_, PageError>(look::node(db, id, on).await?.map(|node| node.name).unwrap_or_default())
    };
    let day = say::full_date(on);
    Ok(match &change {
        Change::Move { node: id, parent, .. } => {
            format!("{}放到{}下面，{day}起", node(*id).await?, node(*parent).await?)
        }
        Change::Join { node: id, target, .. } => {
            format!("{}归到{}，{day}起", look::target_name(db, target, on).await?, node(*id).await?)
        }
        Change::Part { node: id, target, .. } => {
            format!("{}不再归{}，{day}起", look::target_name(db, target, on).await?, node(*id).await?)
        }
        Change::MoveRegion { code, to, .. } => {
            let regions = Regions::load(db).await?;
            let name = regions.history(code).last().map(|region| region.name.clone()).unwrap_or_default();
            format!("{name}的代码从{code}改成{to}，{day}起")
        }
        _ => format!("一项调整，{day}起"),
    })
}

async fn found(app: &App, id: &str) -> Result<TreeChange, PageError> {
    let id: TreeChangeId = id.parse().or(Err(PageError::NotFound))?;
    store::find_change(&app.db, id).await?.ok_or(PageError::NotFound)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = reader(&by).await?;
    let row = found(&app, &path).await?;
    let waits = row.state == ChangeState::Asked;
    let mut rows = vec![
        Answer::new("调整", says(&app, &row).await?),
        Answer::new("谁提出", called(&app, &row.asked_by).await?),
        Answer::new("提出日期", say::full_date(local_date(row.asked_at))),
    ];
    if let Some(by) = &row.decided_by {
        rows.push(Answer::new("谁答复", called(&app, by).await?));
    }
    let (mut shown, mut why) = (None, "");
    if let (true, Some(change)) = (waits, row.change()) {
        match effects(&app.db, &app.cx, &change, app.clock.now()).await {
            Ok(effects) => shown = Some(meant(&app, &effects).await?),
            Err(TreeError::Refused(refused)) => why = refusal(refused).1,
            Err(TreeError::NotFound) => why = "要调整的已经没有了",
            Err(TreeError::Db(error)) => return Err(error.into()),
        }
    }
    let mine = row.asked_by == by.account.id;
    html(&Page {
        frame: frame(&by).titled("等第二人确认的调整"),
        href: format!("/console/tree-changes/{}", row.id),
        tag: match row.state {
            ChangeState::Asked => Tag::waiting("等第二人确认"),
            ChangeState::Done => Tag::good("已经办好"),
            ChangeState::Refused => Tag::quiet("没有办"),
        },
        rows,
        confirms: waits && !mine && reader.admin.is_some() && shown.is_some(),
        refuses: match (waits && reader.admin.is_some(), mine) {
            (false, _) => "",
            (true, true) => "撤回",
            (true, false) => "不同意",
        },
        meant: shown,
        why,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    seen: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (admin, row) = (admin(&by).await?, found(&app, &path).await?);
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let done = match typed.act.as_str() {
        "confirm" => desk::confirm(db, cx, &admin, (row.id, &typed.seen), now).await.map(drop),
        "refuse" => desk::refuse(db, cx, &admin, row.id, now).await,
        _ => return Err(PageError::NotFound),
    };
    let at = format!("/console/tree-changes/{}", row.id);
    match done {
        Ok(()) => Ok(see_other_saying(&at, Said::Kept)),
        // A second tap.
        Err(TreeError::Refused(TreeRefusal::NotWaiting)) => Ok(see_other_saying(&at, Said::Already)),
        Err(TreeError::Refused(refused)) => Err(PageError::Refused(format!("{}。", refusal(refused).1))),
        Err(TreeError::NotFound) => Err(PageError::NotFound),
        Err(TreeError::Db(error)) => Err(error.into()),
    }
}
