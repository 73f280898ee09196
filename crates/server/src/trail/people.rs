//! Whose looks: the person is found by the name, within the administrator's places.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Role, Scope},
    person::{self, Person},
    trail::{self, Found},
};
use serde::Deserialize;

use super::words::{admin, frame};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken},
    session::{Posted, SignedIn},
};

/// More than anybody reads; a longer name narrows it.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "trail/people.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    found: Option<Vec<(String, String, String)>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    who: String,
}

pub(super) async fn form(by: SignedIn) -> Result<HttpResponse, PageError> {
    admin(&by).await?;
    html(&Page { frame: frame(&by, "谁看过某个人"), typed: Typed::default(), found: None })
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let admin = admin(&by).await?;
    let frame = frame(&by, "谁看过某个人");
    if typed.who.trim().is_empty() {
        let mistakes = Mistakes::one("who", "请写这个人的姓名");
        return mistaken(&Page { frame: frame.with(mistakes), typed, found: None });
    }
    let grants = by.grants().await?;
    let scopes: Vec<Scope> = grants.scopes(Role::AuditAdmin).cloned().collect();
    let people = person::store::search(&app.db, &scopes, &typed.who, MOST).await?;
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    trail::found(&app.db, &app.cx, &admin, (Found::Name, &ids), app.clock.now()).await?;
    let mut found = Vec::with_capacity(people.len());
    for person in people {
        let unit = person::store::find_unit(&app.db, person.unit_id).await?.map(|unit| unit.name);
        found.push((href(&person), person.name, unit.unwrap_or_default()));
    }
    html(&Page { frame, typed, found: Some(found) })
}

fn href(person: &Person) -> String {
    format!("/console/trail/people/{}", person.id)
}
