//! Telephones: whose each is, what it may be called for, whether somebody has called it; and writing one down.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::PersonContactId,
    person::{
        contact::{NewContact, Owner, PersonContact, Purpose, commands, store},
        leader::Discretion,
    },
    privacy::Phone,
};
use serde::Deserialize;

use super::words::{Reached, at, person_error, reached};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/reach.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    owners: Vec<Choice>,
    numbers: Vec<Number>,
}

/// A number that is in use; the digits themselves are another page.
pub(super) struct Number {
    pub(super) id: String,
    pub(super) whose: String,
    pub(super) tail: String,
    pub(super) used_for: String,
    pub(super) notes: String,
    pub(super) verified: bool,
}

/// All of a person's.
pub(super) async fn numbers(app: &App, it: &Reached) -> Result<Vec<Number>, PageError> {
    let discretion = Discretion::towards(&app.db, &it.grants).await?;
    let mut numbers = Vec::new();
    for row in store::of_person(&app.db, it.person.id).await? {
        let used: Vec<&str> = row.purposes().map(Purpose::label).collect();
        let checked = row
            .verified_at
            .map_or_else(|| "没有核实".to_owned(), |at| format!("{}核实", say::full_date(local_date(at))));
        let shared = store::shared(&app.db, &app.cx.seal, &row).await?;
        numbers.push(Number {
            id: row.id.to_string(),
            whose: whose(&row, &discretion),
            tail: format!("尾号{}", row.tail),
            used_for: used.join("、"),
            notes: if shared { format!("{checked}，和别人共用") } else { checked },
            verified: row.verified_at.is_some(),
        });
    }
    Ok(numbers)
}

/// 子女（大女儿）
pub(super) fn whose(row: &PersonContact, discretion: &Discretion) -> String {
    let label = row.label.as_ref().map(|label| format!("（{}）", discretion.says(label))).unwrap_or_default();
    format!("{}{label}", row.owner.label())
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    owner: String,
    label: String,
    phone: String,
    notice: String,
    emergency: String,
    visit: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("{}的电话", it.person.name)),
        href: at(it.person.id),
        typed,
        owners: Owner::ALL.into_iter().map(|owner| Choice::new(owner.code(), owner.label())).collect(),
        numbers: numbers(app, &it).await?,
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, &path, Typed::default()).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let owner = Owner::ALL.into_iter().find(|owner| owner.code() == typed.owner).ok_or("请选是谁的号码");
    let owner = mistakes.need("owner", owner);
    let phone = mistakes.need("phone", Phone::parse(&typed.phone).or(Err("电话不对，请再看一遍")));
    let (Some(owner), Some(phone)) = (owner, phone) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let ticked = [&typed.notice, &typed.emergency, &typed.visit];
    let purposes =
        Purpose::ALL.into_iter().zip(ticked).filter(|(_, tick)| !tick.is_empty()).map(|(one, _)| one);
    let new = NewContact { owner, label: Some(typed.label.clone()), phone, purposes: purposes.collect() };
    let now = app.clock.now();
    commands::add(&app.db, &app.cx, &it.worker, (it.person.id, new), now).await.map_err(person_error)?;
    Ok(see_other_saying(&format!("{}/contact", page.href), Said::Kept))
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

/// Somebody has called it, or it is not used any more.
pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let id: PersonContactId = path.parse().or(Err(PageError::NotFound))?;
    let row = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(&app, &posted.by, &row.person_id.to_string()).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    match posted.form.act.as_str() {
        "verify" => commands::verify(db, cx, &it.worker, id, now).await.map_err(person_error)?,
        "end" => commands::end(db, cx, &it.worker, id, now).await.map_err(person_error)?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_other_saying(&format!("{}/contact", at(it.person.id)), Said::Kept))
}
