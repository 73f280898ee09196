//! Finding somebody: one field for names, sounds, initials and numbers, one for the unit.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    ids::PersonId,
    person::name::search::{Asked, Hit, How, Search, find_with},
    trail::{self, Found},
};
use serde::Deserialize;

use super::{
    due::{Due, queues},
    part::{Lists, lists},
    words::{Units, at, born},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken},
    session::{Posted, SignedIn},
};

/// More than anybody reads; then the unit narrows it.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "person/search.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    /// What the list calls the place of its people.
    place: &'static str,
    wholly: bool,
    hits: Option<Vec<Line>>,
    many: bool,
    queues: Vec<Due>,
}

struct Line {
    href: String,
    name: String,
    born: String,
    unit: String,
    how: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    who: String,
    #[serde(default)]
    unit: String,
}

fn page(by: &SignedIn, it: &Lists, typed: Typed) -> Page {
    Page {
        frame: by.frame().console_at("/console/people").titled("人员"),
        typed,
        place: it.place(),
        wholly: it.wholly,
        hits: None,
        many: false,
        queues: Vec::new(),
    }
}

/// Before anybody is sought, what waits is shown as well. What was found stands alone: counting what waits takes longer than finding.
async fn with_queues(app: &App, it: &Lists, page: Page) -> Result<Page, PageError> {
    Ok(Page { queues: queues(app, &it.grants).await?, ..page })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let it = lists(&app, &by).await?;
    html(&with_queues(&app, &it, page(&by, &it, Typed::default())).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let it = lists(&app, &by).await?;
    let page = page(&by, &it, typed.clone());
    let asked = Asked::read(&typed.who);
    if asked == Asked::Nothing {
        let mistakes = Mistakes::one("who", "请写姓名、拼音、电话或身份证号");
        let page = with_queues(&app, &it, page).await?;
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    }
    let search = Search { scopes: &it.scopes, asked: &asked, unit: &typed.unit, limit: MOST };
    let found = find_with(&app.db, &app.cx.seal, &search, &it.sight).await?;
    let how = if matches!(asked, Asked::Phone(_) | Asked::Identity(_)) { Found::Number } else { Found::Name };
    let worker = Worker::somewhere(&it.grants).ok_or(PageError::NotFound)?;
    let ids: Vec<PersonId> = found.iter().map(|hit| hit.person.id).collect();
    trail::found(&app.db, &app.cx, &worker, (how, &ids), app.clock.now()).await?;
    let many = found.len() as u64 >= MOST;
    html(&Page { hits: Some(lines(&app, &it, found).await?), many, ..page })
}

async fn lines(app: &App, it: &Lists, found: Vec<Hit>) -> Result<Vec<Line>, PageError> {
    let mut units = Units::default();
    let mut lines = Vec::with_capacity(found.len());
    for hit in found {
        let person = hit.person;
        lines.push(Line {
            href: at(person.id),
            born: born(&person),
            unit: it.place_of(app, &mut units, &person).await?,
            name: person.name,
            how: match hit.how {
                How::Name => String::new(),
                How::FormerName(name) => format!("曾用名{name}"),
                How::Sound => "读音相同".to_owned(),
                How::Number => "号码相同".to_owned(),
            },
        });
    }
    Ok(lines)
}
