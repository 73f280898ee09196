//! 统计: planned, visited, missed and the money of a year, by occasion, by place and by unit; each line leads to its plan. As a file, too.

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    By,
    authority::Scope,
    calendar::{local_date, local_time, say},
    ids::UnitId,
    outreach::figures::{Row, Sum, rows, taken, total},
    region::Regions,
};
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use workbook::{Look, Stamp, Writer};

use super::reader::{Reader, frame, units};
use crate::{
    app::App,
    intake::{attachment, unwritten},
    page::{Frame, PageError, html},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/figures.html")]
struct Page {
    frame: Frame,
    year: i32,
    tables: Vec<(&'static str, Vec<Line>)>,
}

struct Line {
    href: Option<String>,
    cells: [String; 9],
}

const HEADS: [&str; 9] =
    ["", "计划", "已走访", "谢绝或去世", "没走到", "还要走访", "过期", "计划慰问金", "已走访的"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    year: Option<i32>,
}

fn cells(name: String, sum: &Sum) -> [String; 9] {
    [
        name,
        sum.planned.to_string(),
        sum.visited.to_string(),
        sum.fell_away.to_string(),
        sum.missed.to_string(),
        sum.open.to_string(),
        sum.late.to_string(),
        sum.cash.to_string(),
        sum.given.to_string(),
    ]
}

/// The lines, grouped by what `name` says.
fn grouped(all: &[Row], name: impl Fn(&Row) -> String) -> Vec<Line> {
    let mut groups: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in all {
        groups.entry(name(row)).or_default().push(row);
    }
    let line = |(name, rows): (String, Vec<&Row>)| Line { href: None, cells: cells(name, &total(rows)) };
    groups.into_iter().map(line).collect()
}

async fn found(app: &App, by: &SignedIn, asked: &Asked) -> Result<(Reader, i32, Vec<Row>), PageError> {
    let reader = Reader::of(by).await?;
    let today = local_date(app.clock.now());
    let year = asked.year.unwrap_or(today.year());
    let scopes: Vec<Scope> = reader.scopes();
    let rows = rows(&app.db, &scopes, (Some(year), today)).await?;
    Ok((reader, year, rows))
}

fn per_unit(all: &[Row], named: &HashMap<UnitId, String>) -> Vec<Line> {
    let line = |row: &Row| {
        let unit = named.get(&row.unit).cloned().unwrap_or_default();
        Line {
            href: Some(format!("/console/outreach/plans/{}", row.plan)),
            cells: cells(format!("{unit}，{}", row.occasion.label()), &row.sum),
        }
    };
    all.iter().map(line).collect()
}

pub(super) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (_, year, all) = found(&app, &by, &asked).await?;
    let (regions, today) = (Regions::load(&app.db).await?, local_date(app.clock.now()));
    let named = units(&app, all.iter().map(|row| row.unit)).await?;
    let mut occasions = grouped(&all, |row| row.occasion.label().to_owned());
    occasions.push(Line { href: None, cells: cells("合计".to_owned(), &total(&all)) });
    html(&Page {
        frame: frame(&by, "走访慰问统计"),
        year,
        tables: vec![
            ("按事由", occasions),
            ("按地方", grouped(&all, |row| regions.full_name(&row.region, today))),
            ("按单位", per_unit(&all, &named)),
        ],
    })
}

/// The lines by unit, as a spreadsheet; that it was taken is written down.
pub(super) async fn file(app: web::Data<App>, posted: Posted<Asked>) -> Result<HttpResponse, PageError> {
    let by = &posted.by;
    let (reader, year, all) = found(&app, by, &posted.form).await?;
    let (now, named) = (app.clock.now(), units(&app, all.iter().map(|row| row.unit)).await?);
    let when = format!("{} {}", local_date(now), say::time(local_time(now)));
    let printed = format!("内部资料，请勿外传。导出人：{}，{when}", by.account.name);
    let mut writer = Writer::new();
    let widths = [36, 10, 10, 12, 10, 10, 10, 16, 16];
    let mut sheet = writer.sheet("走访慰问统计", &widths, true).map_err(unwritten)?;
    sheet.stamp(&Stamp { watermark: format!("内部资料 {}", by.account.name), footer: printed.clone() });
    sheet.row([(printed.as_str(), Look::Reason)]).map_err(unwritten)?;
    sheet
        .row(HEADS.map(|head| (if head.is_empty() { "单位和事由" } else { head }, Look::Head)))
        .map_err(unwritten)?;
    sheet.freeze().map_err(unwritten)?;
    let last = Line { href: None, cells: cells("合计".to_owned(), &total(&all)) };
    for line in per_unit(&all, &named).iter().chain([&last]) {
        sheet.row(line.cells.iter().map(|text| (text.as_str(), Look::Plain))).map_err(unwritten)?;
    }
    let bytes = web::block(move || writer.finish()).await;
    let bytes = bytes.map_err(|error| PageError::Broken(error.into()))?.map_err(unwritten)?;
    let hash = hex::encode(digest(&SHA256, &bytes));
    let live = reader.grants.all().iter().find(|live| live.role.sees_matters()).ok_or(PageError::NotFound)?;
    let who = By::under(reader.grants.account(), live);
    taken(&app.db, &app.cx, who, (year, all.len(), &hash), now).await?;
    Ok(attachment("走访慰问统计", bytes))
}
