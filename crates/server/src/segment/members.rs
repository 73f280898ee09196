//! Who is in a segment, in the order in which the names sound; or of whom somebody must find out.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    calendar::say,
    ids::{PersonId, SegmentId},
    person::Person,
    segment::{
        Standing, Version, Way,
        changes::{Few, page as people_of, seen_last},
    },
    trail::{self, Found},
};
use serde::Deserialize;

use super::desk::{Desk, HERE, units};
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    session::SignedIn,
};

/// People on a page.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "segment/members.html")]
struct Page {
    frame: Frame,
    id: SegmentId,
    name: String,
    service: String,
    standing: &'static str,
    lines: Vec<Line>,
    next: Option<PersonId>,
    later: bool,
}

struct Line {
    id: PersonId,
    name: String,
    born: String,
    unit: String,
    seen: String,
    late: Option<Tag>,
}

/// A word of ours and a person's id: neither says anything about anybody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    standing: String,
    after: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let it = desk.finds(&path)?;
    let unsure = asked.standing == Standing::Unsure.code();
    let (standing, title) =
        if unsure { (Standing::Unsure, "要核实的") } else { (Standing::Member, "名单") };
    let after: Option<PersonId> = asked.after.parse().ok();
    let which = (it.segment.id, standing);
    let found = people_of(&app.db, &desk.reader, which, (after, MOST), Few::USUAL).await?;
    let ids: Vec<PersonId> = found.people.iter().map(|person| person.id).collect();
    trail::found(&app.db, &app.cx, &desk.worker, (Found::Segment, &ids), app.clock.now()).await?;
    let units = units(&app, &found.people).await?;
    let seen = seen_last(&app.db, &ids, app.clock.now()).await?;
    let lines = found.people.into_iter().map(|person| {
        let unit = units.get(&person.unit_id).cloned().unwrap_or_default();
        let last = seen.get(&person.id).copied();
        line(person, unit, (&it.version, last), desk.today)
    });
    html(&Page {
        frame: by.frame().console_at(HERE).titled(title),
        id: it.segment.id,
        name: it.version.name.clone(),
        service: it.version.standard().words(),
        standing: standing.code(),
        lines: lines.collect(),
        next: found.next,
        later: after.is_some(),
    })
}

fn line(
    person: Person,
    unit: String,
    (version, seen): (&Version, Option<NaiveDate>),
    today: NaiveDate,
) -> Line {
    let due = seen.is_none_or(|day| (today - day).num_days() > i64::from(version.every_days));
    Line {
        id: person.id,
        born: format!("{}，{}年生", person.gender.label(), person.born_on.year()),
        name: person.name,
        unit,
        seen: seen.map_or_else(|| "没有记录".to_owned(), say::full_date),
        // Of calls nothing is on record here.
        late: (version.way == Way::Visit && due).then_some(Tag::attention("该去看望了")),
    }
}
