//! The lists, the latest first; and one that is made at once.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::say,
    retention::{List, ListState, begin, store},
};

use super::words::{HERE, Reader, frame};
use crate::{
    app::App,
    page::{Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

/// Three years of months.
const MOST: u64 = 36;

#[derive(Template)]
#[template(path = "retention/lists.html")]
struct Page {
    frame: Frame,
    lines: Vec<(String, String, Tag)>,
    /// Nothing is open, and the reader may have one made.
    makes: bool,
}

/// Where a list stands.
pub(super) const fn tag(list: &List) -> Tag {
    match list.state {
        ListState::Making | ListState::Approved => Tag::waiting(list.state.label()),
        ListState::Made | ListState::Proposed => Tag::attention(list.state.label()),
        ListState::Refused | ListState::Done => Tag::quiet(list.state.label()),
    }
}

/// What a list is called.
pub(super) fn called(list: &List) -> String {
    format!("{}到期的", say::full_date(list.as_of))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let reader = Reader::of_lists(&by).await?;
    let lists = store::lists(&app.db, MOST).await?;
    let open = lists.iter().any(|list| list.open.is_some());
    let lines = lists.iter().map(|list| (format!("{HERE}/lists/{}", list.id), called(list), tag(list)));
    html(&Page {
        frame: frame(&by).titled("到期清单"),
        lines: lines.collect(),
        makes: reader.worker.is_some() && !open,
    })
}

/// A second tap finds the list that the first began.
pub(super) async fn submit(app: web::Data<App>, posted: Posted<Pressed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: Pressed {} } = posted;
    if Reader::of_lists(&by).await?.worker.is_none() {
        return Err(PageError::NotFound);
    }
    let said = match begin(&app.db, app.clock.now()).await? {
        Some(_) => Said::Kept,
        None => Said::Already,
    };
    Ok(see_other_saying("/console/retention/lists", said))
}
