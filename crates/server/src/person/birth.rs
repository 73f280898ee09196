//! 出生日期: what the identity card or the family says of a birth. What the file says goes by request.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::person::{
    BirthSource, Calendar, PersonError,
    birth::{self, Said as Told, commands},
};
use notify::words::person as say;
use serde::Deserialize;

use super::words::{Reached, at, birth_words, person_error, reached};
use crate::{
    app::App,
    page::{Answer, Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/birth.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    known: Vec<Answer>,
    sources: Vec<Choice>,
    calendars: Vec<Choice>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    source: String,
    calendar: String,
    year: String,
    month: String,
    day: String,
    leap: String,
    greeting: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let known = birth::store::of_person(&app.db, it.person.id).await?;
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("{}的生日", it.person.name)),
        href: at(it.person.id),
        typed,
        known: known.iter().map(birth_words).collect(),
        sources: vec![Choice::new("family", "家人"), Choice::new("identity", "身份证")],
        calendars: vec![Choice::new("solar", "公历"), Choice::new("lunar", "农历")],
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let typed = Typed { source: "family".to_owned(), greeting: "yes".to_owned(), ..Typed::default() };
    html(&page(&app, &by, &path, typed).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let told = read(&typed, &mut mistakes);
    let (true, Some(told)) = (mistakes.is_empty(), told) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let said = (it.person.id, told, !typed.greeting.is_empty());
    match commands::say(&app.db, &app.cx, &it.worker, said, app.clock.now()).await {
        Ok(()) => Ok(see_other_saying(&page.href, Said::Kept)),
        Err(PersonError::Refused(refusal)) => {
            let mistakes = Mistakes::one("year", say::person(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(person_error(error)),
    }
}

fn read(typed: &Typed, mistakes: &mut Mistakes) -> Option<Told> {
    let source = match typed.source.as_str() {
        "family" => Ok(BirthSource::Family),
        "identity" => Ok(BirthSource::Identity),
        _ => Err("请选是谁说的"),
    };
    let source = mistakes.need("source", source);
    let calendar = match typed.calendar.as_str() {
        "solar" => Ok(Calendar::Solar),
        "lunar" => Ok(Calendar::Lunar),
        _ => Err("请选公历还是农历"),
    };
    let calendar = mistakes.need("calendar", calendar);
    let year = typed.year.trim().parse::<i16>().ok().filter(|year| (1850..=2100).contains(year));
    let year = mistakes.need("year", year.ok_or("请写四位数的年份"));
    let month = mistakes.need("month", part(&typed.month, 12, "月份是1到12，不知道就空着"));
    let day = mistakes.need("day", part(&typed.day, 31, "日子是1到31，不知道就空着"));
    Some(Told {
        source: source?,
        calendar: calendar?,
        year: year?,
        month: month?,
        day: day?,
        leap: !typed.leap.is_empty(),
    })
}

/// Nothing, or a number up to a limit.
fn part(text: &str, limit: i16, otherwise: &'static str) -> Result<Option<i16>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().ok().filter(|number| (1..=limit).contains(number)).map(Some).ok_or(otherwise),
    }
}
