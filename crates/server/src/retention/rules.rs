//! The rules: each class with how long, from when, what then, and by which document; and what goes by no rule.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Role,
    calendar::local_date,
    retention::{Fate, all, rules},
};

use super::words::{HERE, Reader, frame, rule};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "retention/rules.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    others: Vec<(&'static str, String)>,
    lists: bool,
    holds: bool,
}

struct Line {
    href: String,
    label: &'static str,
    period: String,
    since: &'static str,
    goes: &'static str,
    document: String,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by).await?;
    let mut lines = Vec::new();
    for (class, ruled, found) in rules::in_force(&app.db, local_date(app.clock.now())).await? {
        lines.push(Line {
            href: format!("{HERE}/rules/{}", class.code),
            label: class.label,
            period: rule(found.as_ref()),
            since: ruled.since,
            goes: ruled.goes,
            document: found.map(|rule| rule.document).unwrap_or_default(),
        });
    }
    let others = all().filter_map(|class| match &class.fate {
        Fate::Ruled(_) => None,
        Fate::Permanent { why } => Some((class.label, (*why).to_owned())),
        Fate::Swept { after, .. } => Some((class.label, format!("{after}自动清除"))),
        Fate::Machine { what } => Some((class.label, (*what).to_owned())),
    });
    html(&Page {
        frame: frame(&by).titled("保管期限"),
        lines,
        others: others.collect(),
        lists: reader.lists(),
        holds: reader.grants.has(Role::Worker),
    })
}
