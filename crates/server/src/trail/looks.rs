//! 谁看过某个人: everybody who looked at a person in a month.

use actix_web::{HttpResponse, web};
use askama::Template;
use audit::Row;
use domain::{
    authority::AuditAdmin,
    calendar::local_date,
    ids::PersonId,
    person::{self, leader},
    trail::read::{self, ReadError},
};
use serde::Deserialize;

use super::{
    list::trouble,
    words::{Line, Month, frame, lines},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    person::leaders::purpose_at,
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
    let (grants, now) = (by.grants().await?, app.clock.now());
    let id: PersonId = path.parse().or(Err(PageError::NotFound))?;
    let place = person::store::place_of(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let admin = AuditAdmin::among(&grants, place).ok_or(PageError::NotFound)?;
    let month = Month::read(&asked.month, local_date(now));
    let looked = match read::who_looked(&app.db, &app.cx, &admin, (id, month.time()), now).await {
        Ok(looked) => looked,
        Err(ReadError::Purpose) => return Err(PageError::First(purpose_at(&app, id).await?)),
        Err(error) => return Err(trouble(error)),
    };
    let said = said(&app, &looked).await?;
    let mut lines = lines(&app, looked).await?;
    for (line, said) in lines.iter_mut().zip(said) {
        line.why = said.unwrap_or_else(|| std::mem::take(&mut line.why));
    }
    let person = person::store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    html(&Page {
        frame: frame(&by, format!("谁看过{}", person.name)),
        href: format!("/console/trail/people/{id}"),
        month: month.code(),
        words: month.words(),
        before: month.before(),
        lines,
    })
}

/// For what a provincial leader's record was looked at, in the words of whoever did.
async fn said(app: &App, rows: &[Row]) -> Result<Vec<Option<String>>, PageError> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let read = row.detail().get("read").and_then(|id| id.as_str()?.parse().ok());
        all.push(match read {
            Some(id) => leader::store::read_of(&app.db, id).await?.map(|read| read.purpose),
            None => None,
        });
    }
    Ok(all)
}
