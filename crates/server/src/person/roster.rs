//! 名册: everybody whom the reader works for, in the order in which the names sound.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    ids::PersonId,
    person::{
        Person,
        roster::{Roster, count_with, page_with},
    },
    trail::{self, Found},
};
use serde::Deserialize;

use super::{
    part::{Lists, lists},
    words::{Units, at, born},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// People on a page.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "person/roster.html")]
struct Page {
    frame: Frame,
    unit: String,
    place: &'static str,
    count: Option<u64>,
    lines: Vec<Line>,
    next: Option<PersonId>,
    later: bool,
}

struct Line {
    href: String,
    name: String,
    born: String,
    unit: String,
}

/// A unit's name and a person's id: neither says anything about anybody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    unit: String,
    after: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = lists(&app, &by).await?;
    let after: Option<PersonId> = asked.after.parse().ok();
    let roster = Roster { scopes: &it.scopes, unit: &asked.unit, after, limit: MOST };
    let found = page_with(&app.db, &roster, &it.sight).await?;
    // Whoever works for the party or a corps has no year-end figures: how many there are is said here.
    let count = if it.sight.is_empty() || after.is_some() {
        None
    } else {
        Some(count_with(&app.db, &roster, &it.sight).await?)
    };
    let worker = Worker::somewhere(&it.grants).ok_or(PageError::NotFound)?;
    let ids: Vec<PersonId> = found.people.iter().map(|person| person.id).collect();
    trail::found(&app.db, &app.cx, &worker, (Found::Roster, &ids), app.clock.now()).await?;
    let mut units = Units::default();
    let mut lines = Vec::with_capacity(found.people.len());
    for person in found.people {
        lines.push(line(&app, &it, &mut units, person).await?);
    }
    html(&Page {
        frame: by.frame().console_at("/console/people").titled("名册"),
        unit: asked.unit.clone(),
        place: it.place(),
        count,
        lines,
        next: found.next,
        later: after.is_some(),
    })
}

async fn line(app: &App, it: &Lists, units: &mut Units, person: Person) -> Result<Line, PageError> {
    Ok(Line {
        href: at(person.id),
        born: born(&person),
        unit: it.place_of(app, units, &person).await?,
        name: person.name,
    })
}
