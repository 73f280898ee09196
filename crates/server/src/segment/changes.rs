//! Who came into a segment and who went out of it since a day, each with the line that is otherwise.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Months, NaiveDate};
use domain::{
    calendar::say,
    ids::{PersonId, SegmentId},
    segment::{
        Cause, Member,
        changes::{Few, SHOWN, since},
        store::MOST,
    },
    trail::{self, Found},
};
use serde::Deserialize;

use super::desk::{Desk, HERE, people};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "segment/changes.html")]
struct Page {
    frame: Frame,
    id: SegmentId,
    name: String,
    since: String,
    joined: (String, Vec<Line>),
    left: (String, Vec<Line>),
    most: usize,
}

struct Line {
    id: PersonId,
    name: String,
    unit: String,
    day: String,
    why: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    since: String,
}

/// 12, or 至少1000.
fn many(people: usize) -> String {
    if people < MOST { people.to_string() } else { format!("至少{people}") }
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let it = desk.finds(&path)?;
    let month = desk.today.checked_sub_months(Months::new(1)).unwrap_or(desk.today);
    let day: NaiveDate = asked.since.parse().unwrap_or(month);
    let found = since(&app.db, &desk.reader, (it.segment.id, day), Few::USUAL).await?;
    let rows = found.joined.1.iter().chain(&found.left.1);
    let mut ids: Vec<PersonId> = rows.map(|row| row.person_id).collect();
    ids.sort_unstable();
    ids.dedup();
    trail::found(&app.db, &app.cx, &desk.worker, (Found::Segment, &ids), app.clock.now()).await?;
    let (people, units) = people(&app, &ids).await?;
    let line = |row: &Member, day: NaiveDate, why: &Cause| {
        let person = people.get(&row.person_id);
        let unit = person.and_then(|person| units.get(&person.unit_id));
        Line {
            id: row.person_id,
            name: person.map(|person| person.name.clone()).unwrap_or_default(),
            unit: unit.cloned().unwrap_or_default(),
            day: say::full_date(day),
            why: why.words(&desk.regions, desk.today),
        }
    };
    let joined = found.joined.1.iter().map(|row| line(row, row.from_on, &row.joined_why));
    let left = found.left.1.iter().filter_map(|row| Some(line(row, row.until_on?, row.left_why.as_ref()?)));
    html(&Page {
        frame: by.frame().console_at(HERE).titled("进出"),
        id: it.segment.id,
        name: it.version.name.clone(),
        since: day.to_string(),
        joined: (many(found.joined.0), joined.collect()),
        left: (many(found.left.0), left.collect()),
        most: SHOWN,
    })
}
