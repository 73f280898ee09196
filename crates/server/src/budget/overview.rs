//! The envelopes of a region in a year, and the regions below it, as they stood at the end of any day.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    aid::store::category,
    budget::{Order, Purpose, store},
    calendar::local_date,
    ids::RegionCode,
    region::Regions,
};
use ledger::{Fen, Figure, Figures};
use serde::Deserialize;

use super::{
    reader::{Reader, end_of, frame, named},
    words::less,
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Orders in the list.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "budget/overview.html")]
struct Page {
    frame: Frame,
    region: String,
    name: String,
    year: i32,
    on: String,
    frozen: bool,
    level: bool,
    pays: bool,
    own: Vec<Line>,
    below: Vec<Line>,
    total: Vec<Line>,
    orders: Vec<(String, String, &'static str)>,
}

/// A row of figures.
struct Line {
    href: String,
    name: String,
    cells: [(&'static str, Fen); 7],
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    region: Option<String>,
    year: Option<i32>,
    on: String,
}

fn line(name: String, href: String, held: &Figures) -> Line {
    let of = |figure| held.of(figure);
    let cells = [
        ("拨入", of(Figure::Given)),
        ("调拨净额", less(of(Figure::MovedIn), of(Figure::MovedOut))),
        ("结转净额", less(of(Figure::CarriedIn), of(Figure::CarriedOut))),
        ("预占", of(Figure::Reserved)),
        ("发放中", of(Figure::Committed)),
        ("已付", less(of(Figure::Paid), of(Figure::Returned))),
        ("可用", of(Figure::Available)),
    ];
    Line { href, name, cells }
}

/// The region one level below `region` in which `code` lies; `None` for the region itself.
fn part<'a>(region: &RegionCode, code: &'a str) -> Option<&'a str> {
    code.get(..region.as_str().len() + 2)
}

pub(super) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by, asked.region.as_deref()).await?;
    let (region, today) = (&reader.region, local_date(app.clock.now()));
    let year = asked.year.unwrap_or(today.year());
    let on: Option<NaiveDate> = asked.on.parse().ok();
    let at = on.and_then(end_of);
    let regions = Regions::load(&app.db).await?;
    let categories = category::load(&app.db).await?;
    let (mut own, mut below) = (Vec::new(), BTreeMap::<&str, Figures>::new());
    let mut all = Figures::default();
    let query = on.map_or_else(String::new, |on| format!("&on={on}"));
    let held = ledger::figures(&app.db, (region.as_str(), year), at).await?;
    for (envelope, figures) in &held {
        all = all.and(figures);
        if let Some(part) = part(region, &envelope.region) {
            let sum = below.entry(part).or_default();
            *sum = sum.and(figures);
        } else {
            let purpose = Purpose::parse(&envelope.category);
            let label = purpose.map_or_else(String::new, |it| it.label(&categories, region, today));
            let path = format!("/console/budget/{region}/{year}/{}", envelope.category);
            let href =
                if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('&')) };
            own.push(line(label, href, figures));
        }
    }
    let below = below.into_iter().map(|(code, figures)| {
        let name = RegionCode::parse(code).map_or_else(String::new, |code| named(&regions, &code, today));
        line(name, format!("/console/budget?region={code}&year={year}{query}"), &figures)
    });
    let order = |order: Order| {
        let place = named(&regions, &order.region, today);
        let what = order.category.map(|it| it.label(&categories, &order.region, today)).unwrap_or_default();
        let words = format!("{place}{}年{what}{}{}", order.year, order.kind.label(), said(order.amount));
        (order.id.to_string(), words, order.state.label())
    };
    let orders = store::of_region(&app.db, region, SHOWN).await?.into_iter().map(order).collect();
    html(&Page {
        frame: frame(&by).titled("经费"),
        name: regions.full_name(region, today),
        frozen: ledger::is_frozen(&app.db, region.as_str(), year).await?,
        // What anybody can add up: the figures give what is available, to the fen.
        level: all.computed() == all.of(Figure::Available),
        pays: reader.payer.is_some(),
        below: below.collect(),
        own,
        total: vec![line("合计".to_owned(), String::new(), &all)],
        orders,
        region: region.to_string(),
        on: asked.on.clone(),
        year,
    })
}

/// Of a freeze there is no sum to say.
fn said(amount: Fen) -> String {
    if amount.is_positive() { amount.to_string() } else { String::new() }
}
