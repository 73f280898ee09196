//! One segment: its lines, its service, its versions, how many are in it, and what may be done with it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::say,
    ids::SegmentId,
    segment::{
        Definition, Standing,
        commands::{ask, end},
        store,
    },
};
use serde::Deserialize;

use super::desk::{Desk, HERE, computed, page_error};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "segment/show.html")]
struct Page {
    frame: Frame,
    id: SegmentId,
    ended: Option<Tag>,
    rows: Vec<Answer>,
    lines: Vec<String>,
    members: i64,
    unsure: i64,
    base: Option<(SegmentId, String)>,
    versions: Vec<String>,
    owns: bool,
    under_way: bool,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let it = desk.finds(&path)?;
    let id = it.segment.id;
    let run = store::run::last_done(&app.db, id).await?;
    let under_way = store::run::open(&app.db, id).await?.is_some();
    let counts = store::counts(&app.db, &desk.reader.scopes).await?;
    let count = |standing| counts.get(&(id, standing)).copied().unwrap_or_default();
    let mut rows = vec![
        Answer::new("谁定的", desk.named(&it.segment.region)),
        Answer::new("服务标准", it.version.standard().words()),
        Answer::new("从哪一天起", say::full_date(it.version.from_on)),
        Answer::new("依据", it.version.source.clone()),
        Answer::new("上次计算", computed(run.as_ref(), under_way)),
    ];
    if let Some(run) = run.filter(|_| desk.sees_all(&it)) {
        rows.push(Answer::new(
            "当时的结果",
            format!("看了{}人，名单里{}人，进{}人，出{}人", run.looked, run.members, run.joined, run.gone),
        ));
        rows.extend(run.sha256.map(|hash| Answer::new("名单的校验值", hash)));
    }
    let base = it.segment.base_id.and_then(|base| Some((base, desk.book.version(base, desk.today)?)));
    html(&Page {
        frame: by.frame().console_at(HERE).titled(it.version.name.clone()),
        id,
        ended: it.segment.ended_on.map(|_| Tag::quiet("已停用")),
        rows,
        lines: it.rule.labels(&desk.regions, desk.today),
        members: count(Standing::Member),
        unsure: count(Standing::Unsure),
        // What is above is everybody's below.
        base: base.map(|(base, version)| (base, version.name.clone())),
        versions: versions(&desk, &it),
        owns: desk.owns(&it).is_some(),
        under_way,
    })
}

/// The other versions: earlier ones, and one that begins later.
fn versions(desk: &Desk, it: &Definition) -> Vec<String> {
    let others = desk.book.versions_of(it.segment.id).filter(|version| version.id != it.version.id);
    let words = others.map(|version| {
        let lines = version.rule.labels(&desk.regions, desk.today).join("；");
        let lines = if lines.is_empty() { "没有另外的条件".to_owned() } else { lines };
        let (nth, from) = (version.nth, say::full_date(version.from_on));
        format!(
            "第{nth}版，{from}起，{}：{lines}。{}。依据{}",
            version.name,
            version.standard().words(),
            version.source
        )
    });
    words.collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

/// Computing now, or ending it.
pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &posted.by).await?;
    let it = desk.finds(&path)?;
    let worker = desk.owns(&it).ok_or(PageError::NotFound)?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), it.segment.id);
    match posted.form.act.as_str() {
        "compute" => drop(ask(db, cx, &worker, id, now).await.map_err(page_error)?),
        "end" => end(db, cx, &worker, id, now).await.map_err(page_error)?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_other_saying(&format!("{HERE}/{id}"), Said::Kept))
}
