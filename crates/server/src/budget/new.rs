//! An order about one envelope, or two: written by one, for another to decide.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    budget::{BudgetError, LEVELS, NewOrder, OrderKind, Wanted, commands::propose},
    calendar::local_date,
    ids::RegionCode,
    region::Regions,
};
use ledger::Fen;
use serde::Deserialize;

use super::{
    reader::{Reader, frame, named},
    words::{mistake, page_error, purpose, purposes},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "budget/new.html")]
struct Page {
    frame: Frame,
    kinds: Vec<Choice>,
    /// Of the reader's own places.
    mine: Vec<(String, String)>,
    /// Those besides that money may go to.
    others: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    region: String,
    to: String,
    year: String,
    category: String,
    amount: String,
    source: String,
}

const KINDS: [(OrderKind, &str); 4] = [
    (OrderKind::Appropriate, "外面来的钱，记到一个地方"),
    (OrderKind::TakeBack, "没有用的钱，退回来源"),
    (OrderKind::Down, "给下面的一个地方"),
    (OrderKind::Up, "交给上面的一个地方"),
];

async fn page(
    app: &App,
    (reader, by): (&Reader, &SignedIn),
    typed: Typed,
    today: NaiveDate,
) -> Result<Page, PageError> {
    let regions = Regions::load(&app.db).await?;
    let mut mine = vec![reader.region.clone()];
    let mut at = 0;
    while let Some(region) = mine.get(at).cloned() {
        let parts = regions.children(&region, today).into_iter().map(|part| part.code.clone());
        mine.extend(parts.filter(|code| LEVELS.contains(&code.as_str().len())));
        at += 1;
    }
    mine.sort();
    let above = LEVELS.iter().filter_map(|len| RegionCode::parse(reader.region.as_str().get(..*len)?));
    let others = above.filter(|region| !mine.contains(region));
    let option = |region: RegionCode| (region.to_string(), named(&regions, &region, today));
    Ok(Page {
        frame: frame(by).titled("写一张经费单"),
        kinds: KINDS
            .into_iter()
            .map(|(kind, note)| Choice::new(kind.code(), kind.label()).noted(note))
            .collect(),
        others: others.map(option).collect(),
        mine: mine.into_iter().map(option).collect(),
        categories: purposes(app, &reader.region, today).await?,
        typed,
    })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (reader, _) = Reader::paying(&by, None).await?;
    let today = local_date(app.clock.now());
    let typed =
        Typed { year: today.year().to_string(), region: reader.region.to_string(), ..Typed::default() };
    html(&page(&app, (&reader, &by), typed, today).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (reader, payer) = Reader::paying(&by, None).await?;
    let now = app.clock.now();
    let page = page(&app, (&reader, &by), typed.clone(), local_date(now)).await?;
    let mistakes = match read(&typed, &page.categories) {
        Err(mistakes) => mistakes,
        Ok(new) if !payer.covers(&new.region) => Mistakes::one("region", "请选自己管的地方"),
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

fn read(typed: &Typed, categories: &[(String, String)]) -> Result<NewOrder, Mistakes> {
    let mut mistakes = Mistakes::new();
    let kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| kind.code() == typed.kind);
    let kind = mistakes.need("kind", kind.ok_or("请选做什么"));
    let region = mistakes.need("region", RegionCode::parse(&typed.region).ok_or("请选哪个地方的钱"));
    let moves = matches!(kind, Some(OrderKind::Down | OrderKind::Up));
    let to = if moves {
        mistakes.need("to", RegionCode::parse(&typed.to).ok_or("请选到哪个地方去"))
    } else {
        None
    };
    let year = mistakes.need("year", typed.year.trim().parse::<i32>().or(Err("请写年度，例如2026")));
    let category = mistakes.need("category", purpose(&typed.category, categories));
    let amount = mistakes.need("amount", typed.amount.parse::<Fen>().or(Err("请写金额，例如3000.50")));
    if typed.source.trim().is_empty() {
        mistakes.add("source", "请写文件号");
    }
    let (Some(kind), Some(region), Some(year), Some(category), Some(amount), true) =
        (kind, region, year, category, amount, mistakes.is_empty())
    else {
        return Err(mistakes);
    };
    let wanted = match (kind, to) {
        (OrderKind::Appropriate, _) => Wanted::Appropriate(category, amount),
        (OrderKind::TakeBack, _) => Wanted::TakeBack(category, amount),
        (OrderKind::Down, Some(to)) => Wanted::Down(category, amount, vec![(to, 1)]),
        (OrderKind::Up, Some(to)) => Wanted::Up(category, amount, to),
        (OrderKind::Down | OrderKind::Up | OrderKind::Freeze, _) => return Err(mistakes),
    };
    Ok(NewOrder { region, year, wanted, source: typed.source.clone() })
}
