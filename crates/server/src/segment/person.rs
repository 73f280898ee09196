//! In which segments somebody is, in which not, and of which it is not known.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    ids::{PersonId, SegmentId},
    person::leader,
    segment::{Definition, Rule, explain::verdicts},
    trail::{self, Seen},
};

use super::desk::{Desk, standing};
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    person::reached,
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "segment/person.html")]
struct Page {
    frame: Frame,
    person: PersonId,
    lines: Vec<Line>,
}

struct Line {
    id: SegmentId,
    name: String,
    place: String,
    service: String,
    tag: Tag,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let found = reached(&app, &by, &path).await?;
    let (person, now) = (&found.person, app.clock.now());
    if leader::is_guarded(person) {
        return Err(PageError::NotFound);
    }
    trail::seen(&app.db, &app.cx, &found.worker, (person.id, Seen::Segments), now).await?;
    let live = desk.book.in_force(desk.today).into_iter();
    let all: Vec<Definition> =
        live.filter(|it| desk.reader.finds(&desk.book, it.segment.id).is_some()).collect();
    let rules: Vec<&Rule> = all.iter().map(|it| &it.rule).collect();
    let said = verdicts(&app.db, &rules, person, (desk.today, now)).await?;
    let shown = |(it, verdict): (&Definition, _)| Line {
        id: it.segment.id,
        name: it.version.name.clone(),
        place: desk.named(&it.segment.region),
        service: it.version.standard().words(),
        tag: standing(verdict),
    };
    html(&Page {
        frame: by.frame().console_at("/console/people").titled("分层分类"),
        person: person.id,
        lines: all.iter().zip(said).map(shown).collect(),
    })
}
