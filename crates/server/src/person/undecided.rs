//! 待认定: veterans whose date of joining lies in two periods.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::person::{
    Person, Precision,
    period::{self, Known, Period, Told},
    undecided,
};

use super::words::{at, scopes};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "person/undecided.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    joined: String,
    between: String,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (_, scopes) = scopes(&by).await?;
    let persons = undecided::people(&app.db, &scopes, 200).await?;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled("革命时期待认定"),
        lines: persons.into_iter().map(line).collect(),
    })
}

fn line(person: Person) -> Line {
    let word = |period: Option<Period>| period.map_or("不在其中", Period::label);
    let between = match period::of_person(&person) {
        Some(Told::Straddles(one, other)) => format!("{}、{}", word(one), word(other)),
        _ => String::new(),
    };
    let joined = person
        .joined_work_on
        .map(|on| Known { on, precision: person.joined_work_precision.unwrap_or(Precision::Year) }.say());
    Line { href: at(person.id), name: person.name, joined: joined.unwrap_or_default(), between }
}
