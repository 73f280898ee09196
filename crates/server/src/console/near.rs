//! 接近重复的帮扶: what comes near to a double payment among the cases that a reader's roles reach. Numbers of cases, and nobody's name.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    aid::{
        Case,
        excused::Excused,
        stop::{NearMiss, near_misses},
    },
    authority::{Role, Scope},
    calendar::local_date,
};

use super::excused::{self, EXCUSED};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/near.html")]
struct Page {
    frame: Frame,
    year: i32,
    groups: Vec<(&'static str, Vec<Vec<Line>>)>,
}

struct Line {
    href: String,
    number: String,
    status: &'static str,
    amount: String,
}

fn line(case: &Case, excused: &Excused) -> Line {
    if excused.from(case).is_some() {
        return Line {
            href: format!("/console/aid/{}", case.id),
            number: case.number.clone(),
            status: EXCUSED,
            amount: String::new(),
        };
    }
    Line {
        href: format!("/console/aid/{}", case.id),
        number: case.number.clone(),
        status: case.status.label(),
        amount: case.approved.map(|amount| amount.to_string()).unwrap_or_default(),
    }
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let roles = [Role::Worker, Role::AuditAdmin];
    let scopes: Vec<Scope> = roles.into_iter().flat_map(|role| grants.scopes(role)).cloned().collect();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let (now, excused) = (app.clock.now(), excused::of(&app, &grants).await?);
    let mut groups: Vec<(&'static str, Vec<Vec<Line>>)> = Vec::new();
    for NearMiss { near, cases } in near_misses(&app.db, &scopes, now).await? {
        let lines = cases.iter().map(|case| line(case, &excused)).collect();
        match groups.last_mut() {
            Some((label, all)) if *label == near.label() => all.push(lines),
            _ => groups.push((near.label(), vec![lines])),
        }
    }
    html(&Page {
        frame: by.frame().console().titled("接近重复的帮扶"), year: local_date(now).year(), groups
    })
}
