//! 数据质量: what is missing or contradicts itself, and who has it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::person::quality::{Fault, count, people};

use super::words::{Units, at, born, scopes};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// People on a page, and the highest count that is said.
const MOST: u64 = 100;

#[derive(Template)]
#[template(path = "person/quality.html")]
struct Overview {
    frame: Frame,
    faults: Vec<(&'static str, &'static str, String)>,
}

pub(super) async fn overview(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (_, scopes) = scopes(&by).await?;
    let mut faults = Vec::new();
    for fault in Fault::ALL {
        let found = count(&app.db, &scopes, fault, MOST + 1).await?;
        if found > 0 {
            let many = found as u64 > MOST;
            let words = if many { format!("{MOST}多人") } else { format!("{found}人") };
            faults.push((fault.code(), fault.label(), words));
        }
    }
    html(&Overview { frame: by.frame().console_at("/console/people").titled("数据质量"), faults })
}

#[derive(Template)]
#[template(path = "person/faults.html")]
struct List {
    frame: Frame,
    many: bool,
    lines: Vec<(String, String, String, String)>,
}

pub(super) async fn list(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (_, scopes) = scopes(&by).await?;
    let fault = Fault::parse(&path).ok_or(PageError::NotFound)?;
    let found = people(&app.db, &scopes, fault, MOST).await?;
    let mut units = Units::default();
    let mut lines = Vec::with_capacity(found.len());
    for person in found {
        let unit = units.name(&app, person.unit_id).await?;
        lines.push((at(person.id), person.name.clone(), born(&person), unit));
    }
    let many = lines.len() as u64 >= MOST;
    html(&List { frame: by.frame().console_at("/console/people").titled(fault.label()), many, lines })
}
