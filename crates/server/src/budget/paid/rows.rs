//! The rows behind the figures, on a page and as a spreadsheet. Names are for those who work or pay there; that somebody has seen or taken
//! rows is recorded.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    By,
    aid::{
        category::Categories,
        figures::{self, PaidRow, Sum, Which},
        store::category,
    },
    authority::{Grants, Role},
    calendar::local_date,
    ids::CaseId,
    privacy::mask,
    region::Regions,
};
use ring::digest::{SHA256, digest};
use workbook::{Look, Stamp, Writer};

use super::{
    super::reader::{Reader, frame, named},
    differing,
    figures::{Asked, printed},
};
use crate::{
    app::App,
    console,
    intake::{attachment, unwritten},
    page::{Frame, PageError, html},
    session::{Posted, SignedIn},
};

pub(super) const HEADS: [&str; 7] = ["个案", "地方", "类别", "月份", "收款人", "金额", "批次"];

#[derive(Template)]
#[template(path = "budget/paid/rows.html")]
struct List {
    frame: Frame,
    asked: Asked,
    year: i32,
    region: String,
    about: String,
    rows: Vec<Row>,
    total: Sum,
    printed: String,
}

struct Row {
    case: String,
    cells: [String; 7],
}

/// The rows that are asked for, and what they are about.
async fn found(app: &App, by: &SignedIn, asked: &Asked) -> Result<(Reader, i32, Vec<PaidRow>), PageError> {
    let reader = Reader::of(by, asked.region.as_deref()).await?;
    let year = asked.year.unwrap_or(local_date(app.clock.now()).year());
    let which = Which {
        region: None,
        category: match asked.category.as_str() {
            "" => None,
            code => Some(category::load(&app.db).await?.named(code).ok_or(PageError::NotFound)?),
        },
        month: match asked.month.as_str() {
            "" => None,
            day => Some(day.parse::<NaiveDate>().or(Err(PageError::NotFound))?),
        },
    };
    let mut rows = figures::paid_rows(&app.db, &reader.region, year).await?;
    rows.retain(|row| row.is(&which));
    Ok((reader, year, rows))
}

/// The cases among the rows from which the reader is excused.
pub(super) async fn kept(
    app: &App,
    reader: &Reader,
    rows: &[PaidRow],
) -> Result<BTreeSet<CaseId>, PageError> {
    let excused = console::excused_of(app, &reader.grants).await?;
    Ok(excused.among(&app.db, rows.iter().map(|row| row.case)).await?)
}

/// The reader's grant over the region, for the audit row.
pub(super) fn under(reader: &Reader) -> Result<By<'_>, PageError> {
    let grants = &reader.grants;
    let live = grants
        .all()
        .iter()
        .find(|live| live.role.sees_matters() && live.covers(&reader.region.clone().into()));
    Ok(By::under(grants.account(), live.ok_or(PageError::NotFound)?))
}

/// Of a case from which the reader is excused there is its number, and no more.
pub(super) fn cells(
    row: &PaidRow,
    (grants, kept): (&Grants, &BTreeSet<CaseId>),
    (place, categories): (String, &Categories),
) -> [String; 7] {
    if kept.contains(&row.case) {
        let [place, category, month, amount, batch] = [""; 5].map(str::to_owned);
        return [row.number.clone(), place, category, month, console::EXCUSED.to_owned(), amount, batch];
    }
    let sees = [Role::Worker, Role::Payer]
        .into_iter()
        .any(|role| grants.regions(role).any(|region| region.covers(&row.region)));
    let payee = row.payee.as_deref().unwrap_or_default();
    [
        row.number.clone(),
        place,
        categories.label(row.category, &row.region, row.month),
        format!("{}年{}月", row.month.year(), row.month.month()),
        if sees { payee.to_owned() } else { mask::name(payee) },
        row.amount.to_string(),
        row.batch.clone(),
    ]
}

pub(in crate::budget) async fn rows(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    if !asked.differs.is_empty() {
        return html(&differing::shown(&app, &by, &asked).await?);
    }
    let (reader, year, rows) = found(&app, &by, &asked).await?;
    let now = app.clock.now();
    let seen = (&reader.region, year, rows.len(), None);
    figures::looked(&app.db, &app.cx, under(&reader)?, seen, now).await?;
    let (regions, today) = (Regions::load(&app.db).await?, local_date(now));
    let categories = category::load(&app.db).await?;
    let kept = kept(&app, &reader, &rows).await?;
    let line = |row: &PaidRow| Row {
        case: row.case.to_string(),
        cells: cells(row, (&reader.grants, &kept), (named(&regions, &row.region, today), &categories)),
    };
    html(&List {
        frame: frame(&by).titled("发放明细"),
        about: format!("{}，{year}年", regions.full_name(&reader.region, today)),
        year,
        region: reader.region.to_string(),
        total: figures::sum_of(&rows),
        rows: rows.iter().map(line).collect(),
        asked: asked.into_inner(),
        printed: printed(&app, &by),
    })
}

pub(in crate::budget) async fn file(
    app: web::Data<App>,
    posted: Posted<Asked>,
) -> Result<HttpResponse, PageError> {
    let by = &posted.by;
    let (reader, year, rows) = found(&app, by, &posted.form).await?;
    let (regions, today) = (Regions::load(&app.db).await?, local_date(app.clock.now()));
    let categories = category::load(&app.db).await?;
    let said = format!("内部资料，请勿外传。导出人：{}", printed(&app, by));
    let mut writer = Writer::new();
    let mut sheet = writer.sheet("发放明细", &[20, 14, 16, 12, 12, 16, 20], true).map_err(unwritten)?;
    sheet.stamp(&Stamp { watermark: format!("内部资料 {}", by.account.name), footer: said.clone() });
    sheet.row([(said.as_str(), Look::Reason)]).map_err(unwritten)?;
    sheet.row(HEADS.map(|head| (head, Look::Head))).map_err(unwritten)?;
    sheet.freeze().map_err(unwritten)?;
    let kept = kept(&app, &reader, &rows).await?;
    for row in &rows {
        let cells = cells(row, (&reader.grants, &kept), (named(&regions, &row.region, today), &categories));
        sheet.row(cells.iter().map(|text| (text.as_str(), Look::Plain))).map_err(unwritten)?;
    }
    let total = figures::sum_of(&rows);
    let last = format!("合计{}人，{}笔，{}", total.people, total.payments, total.money);
    sheet.row([(last.as_str(), Look::Plain)]).map_err(unwritten)?;
    let bytes = web::block(move || writer.finish()).await;
    let bytes = bytes.map_err(|error| PageError::Broken(error.into()))?.map_err(unwritten)?;
    let hash = hex::encode(digest(&SHA256, &bytes));
    let taken = (&reader.region, year, rows.len(), Some(hash.as_str()));
    figures::looked(&app.db, &app.cx, under(&reader)?, taken, app.clock.now()).await?;
    Ok(attachment("发放明细", bytes))
}
