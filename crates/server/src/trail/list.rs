//! Everything that was done, latest first, narrowed by login, action and month; and how the chain stands.

use actix_web::{HttpResponse, web};
use askama::Template;
use audit::{Search, Seq};
use domain::{
    calendar::{local_date, say},
    trail::{self, Check, checks, read},
};
use serde::Deserialize;

use super::words::{Line, Month, admin, frame, lines};
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    session::SignedIn,
};

/// Walks in the list.
const WALKS: u64 = 7;

#[derive(Template)]
#[template(path = "trail/list.html")]
struct Page {
    frame: Frame,
    stand: Tag,
    standing: String,
    anchored: String,
    walks: Vec<String>,
    asked: Asked,
    month: String,
    actions: Vec<(&'static str, &'static str)>,
    lines: Vec<Line>,
    next: Option<String>,
}

/// A login, an action, a month, and the row before which the page begins: nothing of anybody's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    login: String,
    action: String,
    month: String,
    before: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (admin, now, asked) = (admin(&by).await?, app.clock.now(), asked.into_inner());
    let month = Month::read(&asked.month, local_date(now));
    let (from, to) = month.time();
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let search = Search {
        subjects: Vec::new(),
        actor: said(&asked.login),
        actions: said(&asked.action).into_iter().collect(),
        from: Some(from),
        to: Some(to),
    };
    let before = asked.before.parse().ok().map(Seq);
    let found = read::rows(&app.db, &app.cx, &admin, (&search, before), now).await.map_err(trouble)?;
    let next = found.next.map(|before| {
        let month = month.code();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("login", &asked.login).append_pair("action", &asked.action);
        query.append_pair("month", &month).append_pair("before", &before.to_string());
        format!("/console/trail?{}", query.finish())
    });
    let walks = checks::last(&app.db, WALKS).await?;
    let (stand, standing) = standing(walks.first());
    html(&Page {
        frame: frame(&by, "审计"),
        stand,
        standing,
        anchored: anchored(&app),
        walks: walks.iter().map(walked).collect(),
        month: month.code(),
        actions: trail::actions().collect(),
        lines: lines(&app, found.rows).await?,
        asked,
        next,
    })
}

pub(super) fn trouble(error: read::ReadError) -> PageError {
    match error {
        read::ReadError::NotFound | read::ReadError::Purpose => PageError::NotFound,
        read::ReadError::Db(error) => error.into(),
    }
}

fn standing(last: Option<&Check>) -> (Tag, String) {
    match last {
        None => (Tag::waiting("还没查过"), "每天夜里查一遍。".to_owned()),
        Some(walk) if walk.fault.is_some() => (Tag::attention("记录被动过"), walked(walk)),
        Some(walk) if walk.finished_at.is_none() => (Tag::waiting("正在查"), walked(walk)),
        Some(walk) => (Tag::good("记录完整"), walked(walk)),
    }
}

fn walked(walk: &Check) -> String {
    let day = say::full_date(walk.on_day);
    match (&walk.fault, walk.broken_at, walk.finished_at) {
        (Some(fault), Some(seq), _) => format!("{day}：第{seq}条有问题（{}）", fault_words(fault)),
        (Some(_), None, _) => format!("{day}：库外的印记被动过"),
        (None, _, None) => format!("{day}：没有查完"),
        (None, _, Some(_)) => format!("{day}：{}条都对，对过{}个印记", walk.rows, walk.anchors),
    }
}

fn fault_words(code: &str) -> &'static str {
    match code {
        "Altered" => "内容被改",
        "Missing" => "被删掉",
        "CutOff" => "后面的被截掉",
        "Added" => "被添加",
        "Head" => "末尾标记被改",
        _ => "和库外的印记对不上",
    }
}

fn anchored(app: &App) -> String {
    let Some(folder) = app.config.anchors() else {
        return "没有设库外印记的位置，请系统管理员设置。".to_owned();
    };
    match audit::kept(&folder, &app.cx.audit) {
        Err(_) => "库外的印记读不了，或被动过。".to_owned(),
        Ok(kept) => kept.last().map_or_else(
            || "还没有库外印记。".to_owned(),
            |last| {
                format!("最近的库外印记：第{}条，{}", last.anchor.seq, say::full_date(local_date(last.at)))
            },
        ),
    }
}
