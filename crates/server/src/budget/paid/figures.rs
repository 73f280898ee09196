//! What was paid out of a year's budget: people and money by region, category and month. Each figure leads to its rows.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    aid::{
        category::Categories,
        figures::{self, BankLeg, PaidFigures, Sum},
        store::category,
    },
    calendar::{local_date, local_time, say},
    ids::RegionCode,
    region::Regions,
};
use ledger::Fen;
use serde::Deserialize;

use super::super::reader::{Reader, frame, named};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "budget/paid/figures.html")]
struct Page {
    frame: Frame,
    region: String,
    name: String,
    year: i32,
    agree: bool,
    /// Where the bank's files say something else: the address of the rows, and how many.
    differ: Option<(String, usize)>,
    held: Vec<(&'static str, Fen)>,
    tables: Vec<(&'static str, Vec<Line>)>,
    total: Sum,
    printed: String,
}

struct Line {
    href: String,
    name: String,
    sum: Sum,
    bank: BankLeg,
}

impl Line {
    /// Does the bank say the same?
    fn level(&self) -> bool {
        self.bank.all() == self.sum.money
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::budget) struct Asked {
    pub(super) region: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) category: String,
    pub(super) month: String,
    /// Only those of which the bank's files say something else.
    pub(super) differs: String,
}

pub(in crate::budget) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by, asked.region.as_deref()).await?;
    let today = local_date(app.clock.now());
    let year = asked.year.unwrap_or(today.year());
    let regions = Regions::load(&app.db).await?;
    let categories = category::load(&app.db).await?;
    let figures = figures::paid_figures(&app.db, &reader.region, year).await?;
    let mut held = vec![
        ("发放明细", figures.total.money),
        ("个案", figures.cases),
        ("总账", figures.ledger),
        ("银行回单", figures.bank.file),
        ("没有回单、手工登记的", figures.bank.hand),
    ];
    let after = [("发放以后追回的", figures.recovered), ("追不回、已经核销的", figures.written_off)];
    held.extend(after.into_iter().filter(|(_, sum)| sum.is_positive()));
    html(&Page {
        frame: frame(&by).titled("发放情况"),
        region: reader.region.to_string(),
        name: regions.full_name(&reader.region, today),
        year,
        agree: figures.agree(),
        differ: (figures.differ > 0).then(|| {
            let href = format!("/console/budget/paid/rows?region={}&year={year}&differs=1", reader.region);
            (href, figures.differ)
        }),
        held,
        tables: tables(&figures, (&reader.region, year), (&regions, &categories), today),
        total: figures.total,
        printed: printed(&app, &by),
    })
}

/// Each figure leads to its rows.
fn tables(
    figures: &PaidFigures,
    (region, year): (&RegionCode, i32),
    (regions, categories): (&Regions, &Categories),
    today: NaiveDate,
) -> Vec<(&'static str, Vec<Line>)> {
    let href = |region: &RegionCode, more: String| {
        format!("/console/budget/paid/rows?region={region}&year={year}{more}")
    };
    let by_region = figures.regions_with_bank().into_iter().map(|(code, sum, bank)| Line {
        href: href(&code, String::new()),
        name: named(regions, &code, today),
        sum,
        bank,
    });
    let mut by_category = figures.categories_with_bank();
    let order = categories.all();
    by_category.sort_by_key(|(category, ..)| order.iter().position(|one| one == category));
    let by_category = by_category.into_iter().map(|(category, sum, bank)| Line {
        href: href(region, format!("&category={}", category.code())),
        name: categories.label(category, region, today),
        sum,
        bank,
    });
    let by_month = figures.months_with_bank().into_iter().map(|(month, sum, bank)| Line {
        href: href(region, format!("&month={month}")),
        name: format!("{}年{}月", month.year(), month.month()),
        sum,
        bank,
    });
    vec![("地方", by_region.collect()), ("类别", by_category.collect()), ("月份", by_month.collect())]
}

/// Who has it before him, and when: what stands below a printed page.
pub(super) fn printed(app: &App, by: &SignedIn) -> String {
    let now = app.clock.now();
    let when = format!("{} {}", local_date(now), say::time(local_time(now)));
    format!("{}（{}），{when}", by.account.name, by.account.id)
}
