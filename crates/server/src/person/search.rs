//! Finding somebody: one field for names, sounds, initials and numbers, one for the unit.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    ids::UnitId,
    person::{
        self, change, double, merge,
        name::search::{Asked, Hit, How, Search, find},
        undecided,
    },
};
use serde::Deserialize;

use super::words::{at, scopes};
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
    hits: Option<Vec<Line>>,
    many: bool,
    queues: Vec<(&'static str, &'static str, usize)>,
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

async fn page(app: &App, by: &SignedIn, typed: Typed) -> Result<Page, PageError> {
    let (_, scopes) = scopes(by).await?;
    let waiting = [
        ("/console/changes", "变更申请待审核", change::store::waiting(&app.db, &scopes, MOST).await?.len()),
        ("/console/doubles", "疑似重复待判断", {
            let open = double::store::open_in(&app.db, &scopes, MOST).await?.len();
            open + merge::store::waiting(&app.db, &scopes, MOST).await?.len()
        }),
        ("/console/people/undecided", "革命时期待认定", undecided::people(&app.db, &scopes, 50).await?.len()),
    ];
    Ok(Page {
        frame: by.frame().console_at("/console/people").titled("人员"),
        typed,
        hits: None,
        many: false,
        queues: waiting.into(),
    })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, Typed::default()).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (_, scopes) = scopes(&by).await?;
    let page = page(&app, &by, typed.clone()).await?;
    let asked = Asked::read(&typed.who);
    if asked == Asked::Nothing {
        let mistakes = Mistakes::one("who", "请写姓名、拼音、电话或身份证号");
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    }
    let search = Search { scopes: &scopes, asked: &asked, unit: &typed.unit, limit: MOST };
    let found = find(&app.db, &app.cx.seal, &search).await?;
    let many = found.len() as u64 >= MOST;
    html(&Page { hits: Some(lines(&app, found).await?), many, ..page })
}

async fn lines(app: &App, found: Vec<Hit>) -> Result<Vec<Line>, PageError> {
    let mut units: HashMap<UnitId, String> = HashMap::new();
    let mut lines = Vec::with_capacity(found.len());
    for hit in found {
        let person = hit.person;
        if !units.contains_key(&person.unit_id) {
            let unit = person::store::find_unit(&app.db, person.unit_id).await?;
            units.insert(person.unit_id, unit.map(|unit| unit.name).unwrap_or_default());
        }
        let died = if person.died_on.is_some() { "，已去世" } else { "" };
        lines.push(Line {
            href: at(person.id),
            born: format!("{}，{}年生{died}", person.gender.label(), person.born_on.year()),
            unit: units.get(&person.unit_id).cloned().unwrap_or_default(),
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
