//! 离休干部 by county, period and band of treatment on a day.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    authority::{Grants, Role, Worker},
    calendar::{local_date, say},
    ids::{RegionCode, SnapshotId},
    person::period::Period,
    region::Regions,
    statistics::{self, Check, Counts, store},
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "statistics/list.html")]
struct List {
    frame: Frame,
    day: String,
    lines: Vec<Line>,
    total: u64,
    snapshots: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "statistics/one.html")]
struct One {
    frame: Frame,
    rows: Vec<Answer>,
    lines: Vec<Line>,
}

struct Line {
    county: String,
    period: &'static str,
    band: String,
    count: u64,
}

/// The widest region in which the reader works.
fn region(grants: &Grants) -> Result<(RegionCode, Worker), PageError> {
    let widest = grants.regions(Role::Worker).min_by_key(|code| code.as_str().len());
    let region = widest.cloned().ok_or(PageError::NotFound)?;
    let worker = Worker::among(grants, region.clone()).ok_or(PageError::NotFound)?;
    Ok((region, worker))
}

/// The last day of the last year that is over.
fn year_end(app: &App) -> NaiveDate {
    let today = local_date(app.clock.now());
    NaiveDate::from_ymd_opt(today.year() - 1, 12, 31).unwrap_or(today)
}

fn lines(counts: &Counts, regions: &Regions, on: NaiveDate) -> Vec<Line> {
    let line = |(cell, count): (&statistics::Count, &u64)| Line {
        county: named(regions, &cell.county, on),
        period: cell.period.map_or("没有认定", Period::label),
        band: cell.band.unwrap_or("没有登记").to_owned(),
        count: *count,
    };
    counts.0.iter().map(line).collect()
}

/// As it was called on the day; its code when there was no such region then.
fn named(regions: &Regions, code: &RegionCode, on: NaiveDate) -> String {
    regions.find(code, on).map_or_else(|| code.to_string(), |region| region.name.clone())
}

async fn page(app: &App, by: &SignedIn, on: NaiveDate) -> Result<List, PageError> {
    let (region, _) = region(&by.grants().await?)?;
    let counts = statistics::veterans(&app.db, &region, (on, app.clock.now())).await?;
    let regions = Regions::load(&app.db).await?;
    let snapshots = store::of_region(&app.db, &region).await?.into_iter().map(|row| {
        let words =
            format!("截至{}，{}存", say::full_date(row.as_of), say::full_date(local_date(row.made_at)));
        (row.id.to_string(), words)
    });
    Ok(List {
        frame: by.frame().console_at("/console/statistics").titled("离休干部年报"),
        day: on.to_string(),
        lines: lines(&counts, &regions, on),
        total: counts.total(),
        snapshots: snapshots.collect(),
    })
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, year_end(&app)).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    on: String,
    #[serde(default)]
    act: String,
}

/// Shows the table of another day, or freezes it.
pub(super) async fn freeze(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let Ok(on) = typed.on.parse::<NaiveDate>() else {
        let page = page(&app, &by, year_end(&app)).await?;
        let mistakes = Mistakes::one("on", "请写截至哪一天");
        return mistaken(&List { frame: page.frame.with(mistakes), ..page });
    };
    if typed.act != "freeze" {
        return html(&page(&app, &by, on).await?);
    }
    let (region, worker) = region(&by.grants().await?)?;
    let made = statistics::freeze(&app.db, &app.cx, &worker, (&region, on), app.clock.now()).await?;
    let made = made.ok_or(PageError::NotFound)?;
    Ok(see_other(&format!("/console/statistics/{}", made.id)))
}

pub(super) async fn one(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: SnapshotId = path.parse().or(Err(PageError::NotFound))?;
    let row = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    by.prove::<domain::authority::held::Worker>(row.region.clone()).await?;
    let check = match statistics::check(&app.db, &row).await? {
        Check::Same => "再算一遍，结果一样",
        Check::Touched => "存的内容被改过，请找管理员",
        Check::Undone => "定稿以后撤销过导入，再算一遍结果不同；存的内容没有被改",
        Check::Differs => "再算一遍，结果不同，请找管理员",
    };
    let regions = Regions::load(&app.db).await?;
    html(&One {
        frame: by.frame().console_at("/console/statistics").titled("年报快照"),
        rows: vec![
            Answer::new("地区", named(&regions, &row.region, row.as_of)),
            Answer::new("截至", say::full_date(row.as_of)),
            Answer::new("存于", say::full_date(local_date(row.made_at))),
            Answer::new("校验码", row.sha256.clone()),
            Answer::new("核对", check),
        ],
        lines: stored(&row.answer, &regions, row.as_of),
    })
}

/// The table as it was stored.
fn stored(answer: &str, regions: &Regions, on: NaiveDate) -> Vec<Line> {
    let line = |text: &str| {
        let mut parts = text.split('\t');
        let county: RegionCode = parts.next()?.parse().ok()?;
        let period = Period::parse(parts.next()?).map_or("没有认定", Period::label);
        let band = parts.next()?;
        let band = if band == "-" { "没有登记" } else { band }.to_owned();
        Some(Line { county: named(regions, &county, on), period, band, count: parts.next()?.parse().ok()? })
    };
    answer.lines().filter_map(line).collect()
}
