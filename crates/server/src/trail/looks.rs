//! 谁看过某个人: everybody who looked at a person in a month.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{calendar::local_date, ids::PersonId, person, trail::read};
use serde::Deserialize;

use super::{
    list::trouble,
    words::{Line, Month, admin, frame, lines},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "trail/looks.html")]
struct Page {
    frame: Frame,
    href: String,
    month: String,
    words: String,
    before: String,
    lines: Vec<Line>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    month: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (admin, now) = (admin(&by).await?, app.clock.now());
    let id: PersonId = path.parse().or(Err(PageError::NotFound))?;
    let month = Month::read(&asked.month, local_date(now));
    let looked =
        read::who_looked(&app.db, &app.cx, &admin, (id, month.time()), now).await.map_err(trouble)?;
    let person = person::store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    html(&Page {
        frame: frame(&by, format!("谁看过{}", person.name)),
        href: format!("/console/trail/people/{id}"),
        month: month.code(),
        words: month.words(),
        before: month.before(),
        lines: lines(&app, looked).await?,
    })
}
