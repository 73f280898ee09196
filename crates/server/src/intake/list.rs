//! The imports of a worker's places, and the form that sends another one.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Role, Scope, Worker},
    calendar::say,
    intake::{Intake, Status, store},
};

use super::places::places;
use crate::{
    app::App,
    page::{Choice, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "intake/list.html")]
pub(super) struct List {
    pub(super) frame: Frame,
    lines: Vec<Line>,
    repeated: Vec<Choice>,
    chosen: String,
    /// Into which place: asked of whoever works for several.
    places: Vec<(String, String)>,
    place: String,
}

struct Line {
    id: String,
    name: String,
    when: String,
    rows: i32,
    tag: Tag,
}

/// Where an import stands.
pub(super) fn tag(status: Status) -> Tag {
    let word = status.label();
    match status {
        Status::Done => Tag::good(word),
        Status::Checked | Status::Waiting => Tag::attention(word),
        Status::Undone | Status::Cancelled => Tag::quiet(word),
        _ => Tag::waiting(word),
    }
}

/// The page, also for a form that comes back.
pub(super) async fn list(app: &App, by: &SignedIn, (chosen, place): (&str, &str)) -> Result<List, PageError> {
    let (grants, now) = (by.grants().await?, app.clock.now());
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let line = |intake: Intake| Line {
        id: intake.id.to_string(),
        name: intake.file_name,
        when: say::moment(intake.created_at, now),
        rows: intake.rows,
        tag: tag(intake.status),
    };
    Ok(List {
        frame: by.frame().console_at("/console/intakes").titled("导入名册"),
        lines: store::latest(&app.db, &scopes, 50).await?.into_iter().map(line).collect(),
        repeated: vec![
            Choice::new("skip", "跳过").noted("名册里有的人不动"),
            Choice::new("fill", "只补空白").noted("名册里没有填的，用表格补上"),
            Choice::new("overwrite", "按表格覆盖").noted("和表格不一样的，按表格改；表格空着的不动"),
        ],
        places: places(app, &grants).await?.into_iter().map(|one| (one.code, one.name)).collect(),
        place: place.to_owned(),
        chosen: if chosen.is_empty() { "skip" } else { chosen }.to_owned(),
    })
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&list(&app, &by, ("", "")).await?)
}
