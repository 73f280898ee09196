//! The end of a year: what nobody was promised stays and is frozen, what is bound for approved cases goes over.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::Case,
    budget::{NewOrder, Wanted, commands::propose, year_end},
    calendar::{local_date, say},
    outreach,
    region::Regions,
};
use ledger::{Fen, Figure, Figures};
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::page_error,
};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "budget/year.html")]
struct Page {
    frame: Frame,
    region: String,
    year: i32,
    rows: Vec<Answer>,
    frozen: bool,
    over: bool,
    pays: bool,
    unpaid: usize,
    source: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    region: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    region: Option<String>,
    source: String,
}

async fn page_of(app: &App, by: &SignedIn, reader: &Reader, year: i32) -> Result<Page, PageError> {
    let (region, today) = (&reader.region, local_date(app.clock.now()));
    let held = ledger::figures(&app.db, (region.as_str(), year), None).await?;
    let all = held.values().fold(Figures::default(), Figures::and);
    let unpaid = year_end::unpaid(&app.db, region, year).await?;
    let frozen = ledger::is_frozen(&app.db, region.as_str(), year).await?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31).ok_or(PageError::NotFound)?;
    let since = ledger::freezes(&app.db, year).await?;
    let since = since.iter().find(|one| region.as_str().starts_with(&one.region));
    let plans = outreach::store::plan::unsettled_of_year(&app.db, region, year).await?;
    let visits: Fen = plans.iter().map(|plan| plan.reserved).sum();
    let bound: Fen = unpaid.iter().map(Case::payable).sum();
    Ok(Page {
        frame: frame(by).titled(format!("{year}年的年终结转")),
        rows: vec![
            Answer::new("哪个地方", Regions::load(&app.db).await?.full_name(region, today)),
            Answer::new("没有人用的钱", all.of(Figure::Available).to_string()),
            Answer::new("已批准、还没有发放", format!("{}件，{bound}", unpaid.len())),
            Answer::new("没有结清的慰问计划", format!("{}份，{visits}", plans.len())),
            Answer::new(
                "冻结",
                since.map_or_else(
                    || format!("没有冻结，{}起可以", say::full_date(last)),
                    |one| format!("{}冻结", say::full_date(local_date(one.frozen_at))),
                ),
            ),
        ],
        region: region.to_string(),
        over: today >= last,
        pays: reader.payer.is_some(),
        unpaid: unpaid.len(),
        source: String::new(),
        frozen,
        year,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let year = path.parse().or(Err(PageError::NotFound))?;
    let reader = Reader::of(&by, asked.region.as_deref()).await?;
    html(&page_of(&app, &by, &reader, year).await?)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let year: i32 = path.parse().or(Err(PageError::NotFound))?;
    let (reader, payer) = Reader::paying(&by, typed.region.as_deref()).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    match typed.act.as_str() {
        "freeze" if typed.source.trim().is_empty() => {
            let page = page_of(&app, &by, &reader, year).await?;
            let mistakes = Mistakes::one("source", "请写文件号");
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        "freeze" => {
            let (region, source) = (reader.region, typed.source);
            let new = NewOrder { region, year, wanted: Wanted::Freeze, source };
            let order = propose(db, cx, &payer, new, now).await.map_err(page_error)?;
            Ok(see_other(&format!("/console/budget/orders/{}", order.id)))
        }
        "carry" => {
            year_end::carry_over(db, cx, &payer, (&reader.region, year), now).await.map_err(page_error)?;
            Ok(see_other_saying(&format!("/console/budget/years/{year}"), Said::Kept))
        }
        _ => Err(PageError::NotFound),
    }
}
