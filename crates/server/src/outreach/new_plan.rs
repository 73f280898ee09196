//! Beginning a plan: what for, whose people.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    authority::Role,
    calendar::local_date,
    ids::RegionCode,
    outreach::{
        Occasion, OutreachError, Refusal,
        commands::plan::{NewPlan, Whose, make},
    },
    person,
    region::Regions,
};
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/new_plan.html")]
struct Page {
    frame: Frame,
    occasions: Vec<(&'static str, &'static str)>,
    counties: Vec<(String, String)>,
    units: Vec<(String, String)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    occasion: String,
    whose: String,
    year: String,
    month: String,
}

/// The counties in which the reader works, and the units.
async fn page(app: &App, by: &SignedIn, typed: Typed) -> Result<Page, PageError> {
    let reader = Reader::of(by).await?;
    let worked = reader.worked();
    if worked.is_empty() {
        return Err(PageError::NotFound);
    }
    let (today, regions) = (local_date(app.clock.now()), Regions::load(&app.db).await?);
    let mut mine: Vec<RegionCode> = reader.grants.regions(Role::Worker).cloned().collect();
    let mut at = 0;
    while let Some(region) = mine.get(at).cloned() {
        if region.as_str().len() < 6 {
            mine.extend(regions.children(&region, today).into_iter().map(|part| part.code.clone()));
        }
        at += 1;
    }
    mine.retain(|region| region.as_str().len() >= 6);
    mine.sort();
    mine.dedup();
    let county = |region: RegionCode| (region.to_string(), regions.full_name(&region, today));
    let units = person::store::units_in(&app.db, &worked, today).await?;
    Ok(Page {
        frame: frame(by, "拟一份慰问计划"),
        occasions: Occasion::ALL.map(|one| (one.code(), one.label())).into(),
        counties: mine.into_iter().map(county).collect(),
        units: units.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect(),
        typed,
    })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let today = local_date(app.clock.now());
    let (year, month) = (today.year().to_string(), today.month().to_string());
    html(&page(&app, &by, Typed { year, month, ..Typed::default() }).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let page = page(&app, &by, typed.clone()).await?;
    let mistakes = match read(&typed) {
        Err(mistakes) => mistakes,
        Ok(new) => {
            let place = match &new.whose {
                Whose::County(region) => region.into(),
                Whose::Unit(id) => {
                    let unit = person::store::find_unit(&app.db, *id).await?;
                    unit.ok_or(PageError::NotFound)?.place()
                }
            };
            let worker = Reader::of(&by).await?.worker(place)?;
            match make(&app.db, &app.cx, &worker, new, app.clock.now()).await {
                Ok(plan) => return Ok(see_other(&format!("/console/outreach/plans/{}", plan.id))),
                Err(OutreachError::Refused(no)) => {
                    let field = if no == Refusal::TooWide { "whose" } else { "year" };
                    Mistakes::one(field, said(&no))
                }
                Err(error) => return Err(page_error(error)),
            }
        }
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

fn read(typed: &Typed) -> Result<NewPlan, Mistakes> {
    let mut mistakes = Mistakes::new();
    let occasion = mistakes.need("occasion", Occasion::parse(&typed.occasion).ok_or("请选什么时候"));
    let whose = match RegionCode::parse(&typed.whose) {
        Some(region) => Ok(Whose::County(region)),
        None => typed.whose.parse().map(Whose::Unit).or(Err("请选哪里的同志")),
    };
    let whose = mistakes.need("whose", whose);
    let year = mistakes.need("year", typed.year.trim().parse::<i32>().or(Err("请写年份，例如2026")));
    let month = mistakes.need("month", typed.month.trim().parse::<u32>().or(Err("请写月份，例如12")));
    let (Some(occasion), Some(whose), Some(year), Some(month)) = (occasion, whose, year, month) else {
        return Err(mistakes);
    };
    Ok(NewPlan { occasion, whose, year, month })
}
