//! 家庭成员: writing a relative down, and saying that a relation is over.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    calendar::{local_date, say},
    ids::{PersonId, PersonKinId},
    person::{
        kin::{self, Ended, NewKin, PersonKin, Relationship, commands},
        leader::{Discretion, SOMEBODY},
    },
    trail::{self, Seen},
};
use serde::Deserialize;

use super::words::{Reached, at, person_error, reached};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// What a form says of a relation that is over.
const ENDS: [(&str, &str, Ended); 4] = [
    ("died", "已去世", Ended::Died),
    ("divorced", "已离婚", Ended::Divorced),
    ("mistake", "登记错了", Ended::Mistake),
    ("other", "其他原因", Ended::Other),
];

#[derive(Template)]
#[template(path = "person/family.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    relations: Vec<Choice>,
    kin: Vec<Line>,
    past: Vec<String>,
    ends: Vec<(&'static str, &'static str)>,
    today: String,
}

struct Line {
    id: String,
    words: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    relation: String,
    name: String,
    from: String,
}

/// 配偶周建国, with what is known besides. A provincial leader is not named to whoever is on no list.
pub(super) fn words(row: &PersonKin, discretion: &Discretion) -> String {
    let since = row.from_on.map(|day| format!("，{}起", say::full_date(day))).unwrap_or_default();
    let left = match row.survivor_since {
        Some(_) if row.to_on.is_none() => "，遗属",
        _ => "",
    };
    let name = match row.relative_id {
        Some(relative) if discretion.hides(relative) => SOMEBODY.to_owned(),
        _ => discretion.says(&row.name),
    };
    format!("{}{name}{since}{left}", row.relation.label())
}

fn ended(row: &PersonKin, discretion: &Discretion) -> Option<String> {
    let (on, why) = (row.to_on?, row.ended_why?);
    let why = ENDS.iter().find(|(_, _, end)| *end == why).map_or("", |(_, words, _)| words);
    Some(format!("{}，{}{why}", words(row, discretion), say::full_date(on)))
}

/// The relatives who have a record of their own and are named on somebody's page: each of them was looked at.
pub(super) fn looks<'a>(
    rows: impl IntoIterator<Item = &'a PersonKin>,
    (of, discretion): (PersonId, &Discretion),
) -> Vec<(PersonId, Seen)> {
    let named = rows.into_iter().filter_map(|row| row.relative_id);
    let mut named: Vec<PersonId> = named.filter(|relative| !discretion.hides(*relative)).collect();
    named.sort_unstable();
    named.dedup();
    named.into_iter().map(|relative| (relative, Seen::Kin(of))).collect()
}

/// The page is about to be shown.
async fn shown(app: &App, (page, it): (Page, Reached)) -> Result<Page, PageError> {
    let rows = kin::store::of_person(&app.db, it.person.id).await?;
    let discretion = Discretion::towards(&app.db, &it.grants).await?;
    let mut looks = looks(&rows, (it.person.id, &discretion));
    looks.insert(0, (it.person.id, Seen::Family));
    trail::seen_all(&app.db, &app.cx, &it.worker, &looks, app.clock.now()).await?;
    Ok(page)
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let rows = kin::store::of_person(&app.db, it.person.id).await?;
    let discretion = Discretion::towards(&app.db, &it.grants).await?;
    let line = |row: &PersonKin| Line { id: row.id.to_string(), words: words(row, &discretion) };
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("{}的家人", it.person.name)),
        href: at(it.person.id),
        typed,
        relations: Relationship::ALL.into_iter().map(|one| Choice::new(one.code(), one.label())).collect(),
        kin: rows.iter().filter(|row| row.to_on.is_none()).map(line).collect(),
        past: rows.iter().filter_map(|row| ended(row, &discretion)).collect(),
        ends: ENDS.iter().map(|(code, words, _)| (*code, *words)).collect(),
        today: local_date(app.clock.now()).to_string(),
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let page = page(&app, &by, &path, Typed::default()).await?;
    html(&shown(&app, page).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let relation = Relationship::ALL.into_iter().find(|one| one.code() == typed.relation);
    let relation = mistakes.need("relation", relation.ok_or("请选是什么人"));
    let name = Some(typed.name.trim()).filter(|name| !name.is_empty());
    let name = mistakes.need("name", name.ok_or("请写家人的姓名"));
    let from_on = match typed.from.trim() {
        "" => Some(None),
        text => mistakes.need("from", text.parse::<NaiveDate>().or(Err("日期请再看一遍"))).map(Some),
    };
    let (Some(relation), Some(name), Some(from_on)) = (relation, name, from_on) else {
        let page = Page { frame: page.frame.with(mistakes), ..page };
        return mistaken(&shown(&app, (page, it)).await?);
    };
    let new = NewKin { name: name.to_owned(), relation, relative: None, from_on };
    let now = app.clock.now();
    commands::add(&app.db, &app.cx, &it.worker, (it.person.id, new), now).await.map_err(person_error)?;
    Ok(see_other_saying(&format!("{}/family", page.href), Said::Kept))
}

#[derive(Debug, Deserialize)]
pub(super) struct Over {
    why: String,
    #[serde(default)]
    on: String,
}

pub(super) async fn end(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Over>,
) -> Result<HttpResponse, PageError> {
    let id: PersonKinId = path.parse().or(Err(PageError::NotFound))?;
    let row = kin::store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(&app, &posted.by, &row.person_id.to_string()).await?;
    let (_, _, why) = ENDS.iter().find(|(code, ..)| *code == posted.form.why).ok_or(PageError::NotFound)?;
    let now = app.clock.now();
    let on = posted.form.on.parse().unwrap_or_else(|_| local_date(now));
    commands::end(&app.db, &app.cx, &it.worker, (id, *why), (on, now)).await.map_err(person_error)?;
    Ok(see_other_saying(&format!("{}/family", at(it.person.id)), Said::Kept))
}
