//! The list of segments: those of the reader's regions, of the regions above, which he uses, and of those below.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    ids::SegmentId,
    segment::{Standing, store},
};

use super::desk::{Desk, HERE};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "segment/list.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    ended: Vec<(SegmentId, String)>,
    makes: bool,
}

struct Line {
    id: SegmentId,
    name: String,
    place: String,
    service: String,
    members: i64,
    unsure: i64,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let counts = store::counts(&app.db, &desk.reader.scopes).await?;
    let (mut lines, mut ended) = (Vec::new(), Vec::new());
    for segment in desk.book.seen_from(&desk.reader.regions) {
        let Some(version) = desk.book.version(segment.id, desk.today) else { continue };
        let place = desk.named(&segment.region);
        if !segment.is_live(desk.today) {
            ended.push((segment.id, format!("{}（{place}）", version.name)));
            continue;
        }
        let count = |standing| counts.get(&(segment.id, standing)).copied().unwrap_or_default();
        lines.push(Line {
            id: segment.id,
            name: version.name.clone(),
            place,
            service: version.standard().words(),
            members: count(Standing::Member),
            unsure: count(Standing::Unsure),
        });
    }
    html(&Page {
        frame: by.frame().console_at(HERE).titled("分层分类"),
        lines,
        ended,
        makes: desk.own().is_ok(),
    })
}
