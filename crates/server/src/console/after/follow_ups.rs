//! 回访: the draws of months, and whom somebody still has to visit.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, Months, NaiveDate};
use domain::{
    aid::{AidError, commands::sample::draw_month, store},
    authority::{Role, Scope, Worker},
    calendar::{local_date, say},
    ids::RegionCode,
    region::Regions,
};
use notify::words::refusal;
use serde::Deserialize;

use crate::{
    aid::page_error,
    app::App,
    console::{EXCUSED, excused_of},
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// Lines of each list.
const SHOWN: u64 = 100;

#[derive(Template)]
#[template(path = "console/after/follow_ups.html")]
struct Page {
    frame: Frame,
    waiting: Vec<(String, String, String, bool)>,
    drawn: Vec<(String, String)>,
    places: Vec<(String, String)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Typed {
    region: String,
    month: String,
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<Page, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let widest = grants.regions(Role::Worker).min_by_key(|code| (code.as_str().len(), code.as_str()));
    let widest = widest.cloned();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let regions = Regions::load(&app.db).await?;
    let named = |code: &RegionCode| {
        regions.find(code, today).map_or_else(|| code.to_string(), |found| found.name.clone())
    };
    let excused = excused_of(app, &grants).await?;
    let waiting = store::after::to_visit(&app.db, &scopes, SHOWN).await?.into_iter().map(|(row, case)| {
        let due = row.due_on.unwrap_or(today);
        let at = format!("/console/aid/{}/follow-ups/{}", case.id, row.id);
        if excused.from(&case).is_some() {
            return (at, case.number, EXCUSED.to_owned(), false);
        }
        (at, case.number, format!("最晚{}", say::date(due, today)), due < today)
    });
    // Whoever works for a unit draws nothing.
    let (mut drawn, mut places) = (Vec::new(), Vec::new());
    if let Some(widest) = widest {
        for sample in store::after::samples(&app.db, &widest, SHOWN).await? {
            let month = sample.month.format("%Y年%-m月");
            let place = named(&sample.region);
            let words = format!("{place}{month}，{}笔里抽了{}笔", sample.listed, sample.chosen);
            drawn.push((sample.id.to_string(), words));
        }
        // The province has cities, and these have counties.
        places.push((widest.to_string(), named(&widest)));
        for child in regions.children(&widest, today) {
            places.push((child.code.to_string(), child.name.clone()));
            let below = regions.children(&child.code, today).into_iter();
            places.extend(below.map(|region| (region.code.to_string(), region.name.clone())));
        }
    }
    Ok(Page {
        frame: by.frame().console().titled("回访"), waiting: waiting.collect(), drawn, places, typed
    })
}

pub(in crate::console) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    // The month before this one.
    let first = local_date(app.clock.now()).with_day(1);
    let last = first.and_then(|first| first.checked_sub_months(Months::new(1)));
    let month = last.map(|last| last.format("%Y-%m").to_string()).unwrap_or_default();
    html(&show(&app, &by, Typed { month, ..Typed::default() }).await?)
}

pub(in crate::console) async fn draw(
    app: web::Data<App>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let page = show(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let region = mistakes.need("region", RegionCode::parse(&typed.region).ok_or("请选哪里"));
    let month = format!("{}-01", typed.month.trim()).parse::<NaiveDate>();
    let month = mistakes.need("month", month.or(Err("请写哪个月")));
    let (Some(region), Some(month)) = (region, month) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let worker: Worker = by.prove(region.clone()).await?;
    match draw_month(&app.db, &app.cx, &worker, (&region, month), app.clock.now()).await {
        Ok(sample) => Ok(see_other(&format!("/console/follow-ups/{}", sample.id))),
        Err(AidError::Refused(no)) => {
            let mistakes = Mistakes::one("month", refusal::aid(&no).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
