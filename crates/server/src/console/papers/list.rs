//! The papers of a case: one look at all of them, small.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account,
    aid::{Case, commands::evidence as commands},
    calendar::say,
    evidence::{Evidence, Part, State},
    ids::{CaseId, EvidenceId},
};

use super::reader::{Reader, reader};
use crate::{
    app::App,
    evidence,
    page::{Choice, Frame, Mistakes, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/papers/list.html")]
pub(super) struct Page {
    frame: Frame,
    case: CaseId,
    lines: Vec<Line>,
    works: bool,
    once: String,
    items: Vec<Choice>,
    sources: Vec<Choice>,
    pub(super) item: String,
    pub(super) source: String,
}

struct Line {
    paper: Evidence,
    small: Option<String>,
    /// Has the original been seen, and does it count?
    tag: Tag,
    sent: String,
    taken: String,
    hash: String,
    part: &'static str,
}

pub(super) async fn show(
    app: &App,
    by: &SignedIn,
    (case, reader): (&Case, &Reader),
    mistakes: Mistakes,
) -> Result<Page, PageError> {
    let papers = reader.list(app, case).await.map_err(evidence::page_error)?;
    let mut lines = Vec::with_capacity(papers.len());
    for paper in papers {
        lines.push(line(app, reader, paper).await?);
    }
    let items = commands::takes(&app.db, case).await?;
    let items = items.into_iter().map(|item| Choice::new(item.code(), item.label()));
    Ok(Page {
        frame: by.frame().console().titled(format!("个案{}的材料", case.number)).with(mistakes),
        case: case.id,
        lines,
        works: reader.works(),
        once: EvidenceId::new(app.clock.now()).to_string(),
        items: items.collect(),
        sources: vec![Choice::new("original_seen", "原件已核"), Choice::new("copy", "复印件，没核原件")],
        item: String::new(),
        source: String::new(),
    })
}

async fn line(app: &App, reader: &Reader, paper: Evidence) -> Result<Line, PageError> {
    let part = reader.part(&paper);
    let small = commands::small((&app.cx, &app.files), &paper, part).await.map_err(evidence::page_error)?;
    let who = account::store::find(&app.db, &paper.account_id).await?;
    let who = who.map_or_else(|| paper.account_id.to_string(), |account| account.name);
    let now = app.clock.now();
    Ok(Line {
        small: small.map(|bytes| evidence::data_address(&bytes)),
        tag: match paper.state {
            State::Void => Tag::quiet("作废"),
            State::Counts if paper.source == domain::evidence::Source::OriginalSeen => Tag::good("原件已核"),
            State::Counts => Tag::waiting("复印件"),
        },
        sent: format!("{who}，{}", say::moment(paper.sent_at, now)),
        taken: say::moment(paper.taken_at, now),
        hash: paper.kept_sha256.chars().take(12).collect(),
        part: if part == Part::Redacted { "redacted" } else { "original" },
        paper,
    })
}

pub(in crate::console) async fn list(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, reader) = reader(&app, &by.grants().await?, &path).await?;
    html(&show(&app, &by, (&case, &reader), Mistakes::new()).await?)
}
