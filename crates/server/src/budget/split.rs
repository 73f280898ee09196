//! 按份数下拨: an amount divided among the regions one level below, by largest remainders, so that no fen is lost.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    budget::{BudgetError, LEVELS, NewOrder, Wanted, commands::propose},
    calendar::local_date,
    ids::RegionCode,
    region::Regions,
};
use ledger::Fen;

use super::{
    reader::{Reader, frame},
    words::{mistake, page_error, purpose, purposes},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "budget/split.html")]
struct Page {
    frame: Frame,
    name: String,
    year: String,
    category: String,
    amount: String,
    source: String,
    categories: Vec<(String, String)>,
    parts: Vec<Part>,
}

/// A region below and what was typed for it.
struct Part {
    code: RegionCode,
    name: String,
    weight: String,
}

/// The fields, in the order in which they were sent.
type Typed = Vec<(String, String)>;

fn field<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.trim())
}

async fn page(
    app: &App,
    (reader, by): (&Reader, &SignedIn),
    typed: &[(String, String)],
    today: NaiveDate,
) -> Result<Page, PageError> {
    let regions = Regions::load(&app.db).await?;
    let below = regions.children(&reader.region, today).into_iter();
    let parts = below.filter(|part| LEVELS.contains(&part.code.as_str().len())).map(|part| Part {
        code: part.code.clone(),
        name: part.name.clone(),
        weight: field(typed, &format!("w-{}", part.code)).to_owned(),
    });
    let said = |name: &str| field(typed, name).to_owned();
    Ok(Page {
        frame: frame(by).titled("按份数下拨"),
        name: regions.full_name(&reader.region, today),
        year: said("year"),
        category: said("category"),
        amount: said("amount"),
        source: said("source"),
        categories: purposes(app, &reader.region, today).await?,
        parts: parts.collect(),
    })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (reader, _) = Reader::paying(&by, None).await?;
    let today = local_date(app.clock.now());
    let typed = vec![("year".to_owned(), today.year().to_string())];
    html(&page(&app, (&reader, &by), &typed, today).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (reader, payer) = Reader::paying(&by, None).await?;
    let now = app.clock.now();
    let page = page(&app, (&reader, &by), &typed, local_date(now)).await?;
    let mistakes = match read(&page, &reader.region) {
        Err(mistakes) => mistakes,
        Ok(new) => match propose(&app.db, &app.cx, &payer, new, now).await {
            Ok(order) => return Ok(see_other(&format!("/console/budget/orders/{}", order.id))),
            Err(BudgetError::Refused(no)) => {
                let (field, words) = mistake(&no);
                Mistakes::one(field, words)
            }
            Err(error) => return Err(page_error(error)),
        },
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

fn read(page: &Page, region: &RegionCode) -> Result<NewOrder, Mistakes> {
    let mut mistakes = Mistakes::new();
    let year = mistakes.need("year", page.year.parse::<i32>().or(Err("请写年度，例如2026")));
    let category = mistakes.need("category", purpose(&page.category, &page.categories));
    let amount = mistakes.need("amount", page.amount.parse::<Fen>().or(Err("请写金额，例如3000.50")));
    if page.source.is_empty() {
        mistakes.add("source", "请写文件号");
    }
    let mut below = Vec::new();
    for part in page.parts.iter().filter(|part| !part.weight.is_empty()) {
        match part.weight.parse::<u32>() {
            Ok(weight) => below.push((part.code.clone(), u64::from(weight))),
            Err(_) => mistakes.add("to", format!("{}的份数请写一个整数", part.name)),
        }
    }
    if below.iter().all(|(_, weight)| *weight == 0) {
        mistakes.add("to", "请至少写一个地方的份数");
    }
    let (Some(year), Some(category), Some(amount), true) = (year, category, amount, mistakes.is_empty())
    else {
        return Err(mistakes);
    };
    let wanted = Wanted::Down(category, amount, below);
    Ok(NewOrder { region: region.clone(), year, wanted, source: page.source.clone() })
}
