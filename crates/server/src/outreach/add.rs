//! Adding somebody to a list: a name, then which of those who have it, by which row of the standard, and why.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    ids::{OutreachPlanId, OutreachStandardId, PersonId},
    outreach::{InForce, OutreachError, Plan, Refusal, commands::someone::add, layers::in_force, store},
    person,
};
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{gift, page_error, said},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// People of one name that are shown.
const MOST: u64 = 20;

#[derive(Template)]
#[template(path = "outreach/add.html")]
struct Page {
    frame: Frame,
    id: OutreachPlanId,
    found: Vec<Choice>,
    rows: Vec<Choice>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    /// Is it the form with those who have the name?
    found: String,
    person: String,
    standard: String,
    reason: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reader, Plan), PageError> {
    let (reader, plan, _) = Reader::planning(app, by, id).await?;
    let rows = store::standard::of_occasion(&app.db, plan.occasion).await?;
    let row = |one: InForce<'_>| {
        let gets = gift(one.terms.cash, one.terms.item.as_deref(), one.terms.item_value);
        Choice::new(one.row.id.to_string(), one.row.who.label()).noted(gets)
    };
    let set = in_force(&rows, plan.occasion, &plan.region, plan.on_day);
    let scopes: Vec<_> = reader.worked();
    let mut found = person::store::search(&app.db, &scopes, &typed.name, MOST).await?;
    found.retain(person::Person::is_alive);
    let mut people = Vec::new();
    for one in found {
        let unit = person::store::find_unit(&app.db, one.unit_id).await?;
        let note = format!("{}年生，{}", one.born_on.year(), unit.map(|unit| unit.name).unwrap_or_default());
        people.push(Choice::new(one.id.to_string(), one.name).noted(note));
    }
    let page = Page {
        frame: frame(by, "另外列入一位同志"),
        id: plan.id,
        found: people,
        rows: set.into_iter().map(row).collect(),
        typed,
    };
    Ok((page, reader, plan))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, &path, Typed::default()).await?.0)
}

/// First the name, then the rest of the form: the same form, sent twice.
pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, reader, plan) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    if typed.name.trim().is_empty() {
        mistakes.add("name", "请写姓名");
    } else if page.found.is_empty() {
        mistakes.add("name", "没有找到，请再看一遍姓名");
    }
    if mistakes.is_empty() && typed.found.is_empty() {
        // The name was found; now who it is.
        return html(&page);
    }
    let person = mistakes.need("person", typed.person.parse::<PersonId>().or(Err("请选是哪一位")));
    let standard =
        mistakes.need("standard", typed.standard.parse::<OutreachStandardId>().or(Err("请选按哪一条标准")));
    if typed.reason.trim().is_empty() {
        mistakes.add("reason", "请写原因");
    }
    if let (Some(person), Some(standard), true) = (person, standard, mistakes.is_empty()) {
        let worker = reader.worker(plan.place())?;
        let what = (plan.id, person, standard);
        match add(&app.db, &app.cx, &worker, what, &typed.reason, app.clock.now()).await {
            Ok(_) => {
                return Ok(see_other_saying(&format!("/console/outreach/plans/{}", plan.id), Said::Kept));
            }
            Err(OutreachError::Refused(no)) => {
                let field = if no == Refusal::NoReason { "reason" } else { "person" };
                mistakes.add(field, said(&no));
            }
            Err(error) => return Err(page_error(error)),
        }
    }
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}
