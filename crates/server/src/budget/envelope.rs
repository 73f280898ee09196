//! One envelope: how its figures give what is available, and the lines behind each of them.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{category::Categories, excused::Excused, store::category},
    authority::Grants,
    budget::{self, Purpose},
    calendar::{local_date, local_time, say},
    ids::{BudgetOrderId, RegionCode},
    outreach,
    region::Regions,
};
use ledger::{EntryId, Envelope, Fen, Figure, Line};
use serde::Deserialize;

use super::{
    reader::{Reader, end_of, frame},
    words::{figure, figure_of, step},
};
use crate::{
    app::App,
    console,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Lines on a page.
const SHOWN: u64 = 100;

#[derive(Template)]
#[template(path = "budget/envelope.html")]
struct Page {
    frame: Frame,
    about: String,
    back: String,
    rows: Vec<Row>,
    computed: Fen,
    level: bool,
}

struct Row {
    sign: &'static str,
    label: &'static str,
    href: String,
    amount: Fen,
}

#[derive(Template)]
#[template(path = "budget/lines.html")]
struct Lines {
    frame: Frame,
    about: String,
    back: String,
    here: String,
    on: String,
    total: Fen,
    told: Vec<Told>,
    next: Option<String>,
}

/// A line as it is told.
struct Told {
    when: String,
    step: &'static str,
    amount: Fen,
    about: String,
    href: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    on: String,
    before: Option<String>,
}

/// The envelope that an address names, if the reader reads about it.
async fn reached(
    app: &App,
    by: &SignedIn,
    (region, year, category): (&str, &str, &str),
) -> Result<(Reader, Envelope, (Purpose, Categories)), PageError> {
    let reader = Reader::of(by, Some(region)).await?;
    let year = year.parse().or(Err(PageError::NotFound))?;
    let categories = category::load(&app.db).await?;
    let purpose = Purpose::named(category, &categories).ok_or(PageError::NotFound)?;
    let envelope = Envelope::new(reader.region.as_str(), year, purpose.code());
    Ok((reader, envelope, (purpose, categories)))
}

/// 浙江省杭州市西湖区，2026年，重大疾病.
async fn about(
    app: &App,
    (region, envelope, (purpose, categories)): (&RegionCode, &Envelope, &(Purpose, Categories)),
    on: Option<NaiveDate>,
) -> Result<String, PageError> {
    let today = local_date(app.clock.now());
    let name = Regions::load(&app.db).await?.full_name(region, today);
    let purpose = purpose.label(categories, region, on.unwrap_or(today));
    let until = on.map_or_else(String::new, |on| format!("，截至{}", say::full_date(on)));
    Ok(format!("{name}，{}年，{purpose}{until}", envelope.year))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, year, category) = path.into_inner();
    let (reader, envelope, what) = reached(&app, &by, (&region, &year, &category)).await?;
    let on: Option<NaiveDate> = asked.on.parse().ok();
    let all = ledger::figures(&app.db, (&envelope.region, envelope.year), on.and_then(end_of)).await?;
    let held = all.get(&envelope).copied().unwrap_or_default();
    let minus = [Figure::MovedOut, Figure::CarriedOut, Figure::Reserved, Figure::Committed, Figure::Paid];
    let query = on.map_or_else(String::new, |on| format!("?on={on}"));
    let row = |one: Figure| {
        let (code, label) = figure(one);
        Row {
            sign: match one {
                Figure::Given => "",
                // No part of the sum: what is written off stays paid.
                Figure::WrittenOff => "另记",
                Figure::Available => "＝",
                one if minus.contains(&one) => "－",
                _ => "＋",
            },
            label,
            href: format!("/console/budget/{}/{}/{}/{code}{query}", envelope.region, year, envelope.category),
            amount: held.of(one),
        }
    };
    html(&Page {
        frame: frame(&by).titled("一项经费"),
        about: about(&app, (&reader.region, &envelope, &what), on).await?,
        back: format!("/console/budget?region={}&year={year}", envelope.region),
        rows: Figure::ALL.into_iter().map(row).collect(),
        computed: held.computed(),
        level: held.computed() == held.of(Figure::Available),
    })
}

pub(super) async fn lines(
    app: web::Data<App>,
    path: web::Path<(String, String, String, String)>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, year, category, code) = path.into_inner();
    let (reader, envelope, what) = reached(&app, &by, (&region, &year, &category)).await?;
    let of = figure_of(&code).ok_or(PageError::NotFound)?;
    let on: Option<NaiveDate> = asked.on.parse().ok();
    let at = on.and_then(end_of);
    let before: Option<EntryId> = match &asked.before {
        Some(id) => Some(id.parse().or(Err(PageError::NotFound))?),
        None => None,
    };
    let found = ledger::lines_of(&app.db, &envelope, (of, at), before, SHOWN).await?;
    let all = ledger::figures(&app.db, (&envelope.region, envelope.year), at).await?;
    let kept = console::excused_of(&app, &reader.grants).await?;
    let mut told = Vec::with_capacity(found.len());
    let full = u64::try_from(found.len()).is_ok_and(|count| count == SHOWN);
    let next = found.last().filter(|_| full).map(|line| line.entry.to_string());
    for line in found {
        told.push(tell(&app, (&reader.grants, &kept), line).await?);
    }
    let envelope_page = format!("/console/budget/{}/{year}/{}", envelope.region, envelope.category);
    html(&Lines {
        frame: frame(&by).titled(format!("{}的明细", figure(of).1)),
        about: about(&app, (&reader.region, &envelope, &what), on).await?,
        here: format!("{envelope_page}/{code}"),
        back: on.map_or_else(|| envelope_page.clone(), |on| format!("{envelope_page}?on={on}")),
        on: asked.on.clone(),
        total: all.get(&envelope).map_or(Fen::ZERO, |held| held.of(of)),
        told,
        next,
    })
}

/// A plan of visits, if the reader may know of it.
async fn planned(app: &App, grants: &Grants, id: &str) -> Result<Option<String>, PageError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let plan = outreach::store::plan::find(&app.db, id).await?;
    let place = plan.as_ref().map(outreach::Plan::place);
    let mine = place.is_some_and(|place| grants.everywhere().iter().any(|scope| scope.covers(&place)));
    Ok(plan.filter(|_| mine).map(|plan| plan.title()))
}

/// What a line was for. A case that the reader may not know of, or from which he is excused, is a case, without a number.
async fn tell(app: &App, (grants, kept): (&Grants, &Excused), line: Line) -> Result<Told, PageError> {
    let (kind, id) = line.reference.split_once('/').unwrap_or((&line.reference, ""));
    let (about, href) = match kind {
        "aid_case" => match console::covered(app, grants, id).await {
            Ok(case) if kept.from(&case).is_some() => ("一个个案".to_owned(), None),
            Ok(case) => (format!("个案{}", case.number), Some(format!("/console/aid/{id}"))),
            Err(PageError::NotFound) => ("一个个案".to_owned(), None),
            Err(error) => return Err(error),
        },
        "budget_order" => {
            let order = id.parse::<BudgetOrderId>().or(Err(PageError::NotFound))?;
            let order = budget::store::find(&app.db, order).await?.ok_or(PageError::NotFound)?;
            (order.source, Some(format!("/console/budget/orders/{id}")))
        }
        "outreach_plan" => match planned(app, grants, id).await? {
            Some(title) => (title, Some(format!("/console/outreach/plans/{id}"))),
            None => ("一份慰问计划".to_owned(), None),
        },
        "outreach_purchase" => ("采购慰问品".to_owned(), Some(format!("/console/outreach/purchases/{id}"))),
        _ => ("开账".to_owned(), None),
    };
    let (day, now) = (local_date(line.posted_at), local_date(app.clock.now()));
    Ok(Told {
        when: format!("{}{}", say::date(day, now), say::time(local_time(line.posted_at))),
        step: step(&line.kind),
        amount: line.amount,
        about,
        href,
    })
}
