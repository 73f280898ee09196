//! 销毁登记: what is left of what has gone. Numbers, no names.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    retention::{find, store},
};

use super::words::{Reader, frame};
use crate::{
    app::App,
    authority::words::called,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Lines of the list.
const MOST: u64 = 200;

#[derive(Template)]
#[template(path = "retention/tombstones.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    count: u64,
}

struct Line {
    class: String,
    subject: String,
    how: &'static str,
    at: String,
    by: String,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    Reader::of_lists(&by).await?;
    let (stones, count) = store::tombstones(&app.db, MOST).await?;
    let mut lines = Vec::with_capacity(stones.len());
    for stone in stones {
        let (one, other) = (called(&app, &stone.proposed_by).await?, called(&app, &stone.approved_by).await?);
        lines.push(Line {
            class: find(&stone.class).map_or(stone.class.clone(), |(class, _)| class.label.to_owned()),
            subject: stone.subject.simple().to_string(),
            how: if stone.fate == "erase" { "删除" } else { "清空内容" },
            at: say::full_date(local_date(stone.erased_at)),
            by: format!("{one}提请，{other}同意"),
        });
    }
    html(&Page { frame: frame(&by).titled("销毁登记"), lines, count })
}
