//! One export.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Grants, Worker},
    calendar::say,
    export::{Export, Status, commands::KEPT, store},
    ids::ExportId,
    segment::Book,
};

use super::{
    password::fresh,
    words::{tag, which},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "export/show.html")]
struct Page {
    frame: Frame,
    id: ExportId,
    tag: Tag,
    facts: Vec<Answer>,
    /// For whoever takes it: a password that was made for this page.
    takes: Option<String>,
    decides: bool,
    waits: bool,
}

/// The export, for a worker whose role reaches its place.
pub(super) async fn reached(app: &App, grants: &Grants, id: &str) -> Result<(Export, Worker), PageError> {
    let id: ExportId = id.parse().or(Err(PageError::NotFound))?;
    let export = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = match &export.reach {
        Some(scope) => Worker::over(grants, scope),
        None => Worker::among(grants, export.at()),
    };
    Ok((export, worker.ok_or(PageError::NotFound)?))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (export, worker) = reached(&app, &by.grants().await?, &path).await?;
    let now = app.clock.now();
    let (mine, waiting) = (export.requested_by == *worker.account(), export.status == Status::Waiting);
    let mut facts = vec![
        Answer::new("用途", export.purpose.label()),
        Answer::new("范围", which(&export, &Book::load(&app.db).await?)),
        Answer::new("人数", format!("{}人", export.rows)),
        Answer::new("电话和身份证号", if export.complete { "写全" } else { "遮住中间" }),
        Answer::new("申请时间", say::moment(export.created_at, now)),
        Answer::new("已经下载", format!("{}次", export.taken)),
    ];
    if let Some(hash) = export.file_hash.as_deref().and_then(|hash| hash.get(..16)) {
        facts.push(Answer::new("文件指纹", hash));
    }
    let takes = mine && export.status == Status::Ready && now <= export.created_at + KEPT;
    html(&Page {
        frame: by.frame().console_at("/console/exports").titled("导出名册"),
        id: export.id,
        tag: tag(export.status),
        facts,
        takes: takes.then(fresh).transpose()?,
        decides: waiting && !mine,
        waits: waiting && mine,
    })
}
