//! What a person's record says of a day: roles, places, treatment, as far as is known today.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    branch,
    calendar::{local_date, say},
    person::{
        fact::{self, FactKind, visible},
        leader::Discretion,
    },
    region::Regions,
    trail::{self, Seen},
};
use serde::Deserialize;

use super::{
    facts::said,
    words::{Units, at, discreet, reached},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "person/day.html")]
struct Page {
    frame: Frame,
    href: String,
    on: String,
    rows: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    on: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = reached(&app, &by, &path).await?;
    let now = app.clock.now();
    trail::seen(&app.db, &app.cx, &it.worker, (it.person.id, Seen::Day), now).await?;
    let on: NaiveDate = asked.on.parse().unwrap_or_else(|_| local_date(now));
    let regions = Regions::load(&app.db).await?;
    let mut units = Units::default();
    let mut rows = Vec::new();
    let mut facts = fact::store::of_person_as_of(&app.db, it.person.id, (on, now)).await?;
    facts.sort_by_key(|row| row.kind);
    for row in facts {
        if visible(row.kind, &it.grants, &it.place) && row.kind != FactKind::Died {
            rows.push(said(&app, &regions, &mut units, &row, on).await?);
        }
    }
    for member in branch::store::live_memberships_of(&app.db, it.person.id, on).await? {
        let branch = branch::store::find(&app.db, member.branch_id).await?;
        rows.push(Answer::new(member.kind.label(), branch.map(|branch| branch.name).unwrap_or_default()));
    }
    let discretion = Discretion::towards(&app.db, &it.grants).await?;
    let title = format!("{}在{}", it.person.name, say::full_date(on));
    html(&Page {
        frame: by.frame().console_at("/console/people").titled(title),
        href: at(it.person.id),
        on: on.to_string(),
        rows: discreet(rows, &discretion),
    })
}
