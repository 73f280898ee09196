//! 帮扶标准 in force in a place on a day, each value with the row and the document that set it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        Case, Category, Rule,
        standard::{layers, standard},
        store,
    },
    authority::{Grants, Role},
    calendar::{local_date, say},
    ids::RegionCode,
    region::Regions,
};
use serde::Deserialize;

use super::terms;
use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

/// Proposals in the list.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "console/standards.html")]
struct Page {
    frame: Frame,
    place: String,
    region: String,
    on: String,
    lines: Vec<Line>,
    proposals: Vec<(String, String, &'static str)>,
}

/// A category and what is in force for it.
struct Line {
    code: String,
    name: String,
    values: Option<[(&'static str, String); 4]>,
}

#[derive(Template)]
#[template(path = "console/standard.html")]
struct One {
    frame: Frame,
    about: String,
    region: String,
    on: String,
    whys: Vec<Why>,
    rows: Vec<Row>,
}

/// Why a value is what it is.
struct Why {
    name: &'static str,
    value: String,
    because: String,
}

/// A layer, as it stands in its document.
struct Row {
    place: String,
    since: String,
    values: Vec<Answer>,
    source: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) region: Option<String>,
    pub(super) on: String,
}

/// The region that is asked for, or the reader's widest; and the day.
pub(super) async fn reached(
    app: &App,
    by: &SignedIn,
    asked: &Asked,
) -> Result<(RegionCode, NaiveDate), PageError> {
    let grants = by.grants().await?;
    let mine: Vec<&RegionCode> = grants.regions(Role::Worker).collect();
    let region = match &asked.region {
        Some(code) => RegionCode::parse(code).filter(|code| mine.iter().any(|mine| mine.covers(code))),
        None => mine.into_iter().min_by_key(|code| (code.as_str().len(), code.as_str())).cloned(),
    };
    let day = asked.on.parse().unwrap_or_else(|_| local_date(app.clock.now()));
    Ok((region.ok_or(PageError::NotFound)?, day))
}

pub(super) fn named(regions: &Regions, code: &RegionCode, on: NaiveDate) -> String {
    regions.find(code, on).map_or_else(|| code.to_string(), |region| region.name.clone())
}

pub(super) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, day) = reached(&app, &by, &asked).await?;
    let regions = Regions::load(&app.db).await?;
    let categories = store::category::load(&app.db).await?;
    let mut lines = Vec::new();
    for category in categories.all() {
        let rules = store::case::rules_of(&app.db, category).await?;
        let values = standard(&rules, &region, day).map(|it| {
            [
                ("最低", it.least.value.to_string()),
                ("最高", it.most.value.to_string()),
                ("公示", format!("{}天", it.notice_days.value)),
                ("次数", it.frequency.value.label().to_owned()),
            ]
        });
        let name = categories.label(category, &region, day);
        lines.push(Line { code: category.to_string(), name, values });
    }
    let proposals = store::standard::of_region(&app.db, &region, SHOWN).await?.into_iter().map(|one| {
        let place = named(&regions, &one.region, day);
        let category = categories.label(one.category, &one.region, one.valid_from);
        let words = format!("{place}{category}，{}起", say::full_date(one.valid_from));
        (one.id.to_string(), words, one.state.label())
    });
    html(&Page {
        frame: by.frame().console_at("/console/standards").titled("帮扶标准"),
        place: format!("{}，{}", regions.full_name(&region, day), say::full_date(day)),
        region: region.to_string(),
        on: day.to_string(),
        lines,
        proposals: proposals.collect(),
    })
}

/// A category that somebody has made, and its word in a place on a day.
pub(super) async fn known(
    app: &App,
    code: &str,
    (region, day): (&RegionCode, NaiveDate),
) -> Result<(Category, String), PageError> {
    let categories = store::category::load(&app.db).await?;
    let category = categories.named(code).ok_or(PageError::NotFound)?;
    Ok((category, categories.label(category, region, day)))
}

fn row(regions: &Regions, day: NaiveDate, rule: &Rule) -> Row {
    Row {
        place: named(regions, &rule.region, day),
        since: say::full_date(rule.valid_from),
        values: terms::said(&rule.terms()),
        source: rule.source.clone(),
    }
}

pub(super) async fn one(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, day) = reached(&app, &by, &asked).await?;
    let (category, name) = known(&app, &path, (&region, day)).await?;
    let regions = Regions::load(&app.db).await?;
    let rules = store::case::rules_of(&app.db, category).await?;
    let whys = standard(&rules, &region, day).map_or_else(Vec::new, |it| {
        terms::each(&it, |name, value, why| {
            let place = named(&regions, why.region, day);
            Why {
                name, value, because: format!("{place}，{}起，{}", say::full_date(why.since), why.source)
            }
        })
    });
    html(&One {
        frame: by.frame().console_at("/console/standards").titled(format!("{name}的标准")),
        about: format!("{}，{}", regions.full_name(&region, day), say::full_date(day)),
        region: region.to_string(),
        on: day.to_string(),
        rows: layers(&rules, &region, day).into_iter().map(|rule| row(&regions, day, rule)).collect(),
        whys,
    })
}

/// What a case may be given, and the page that says why.
pub(super) struct OfCase {
    pub(super) href: String,
    pub(super) band: String,
    /// How the amount follows from what was paid by the person.
    pub(super) worked: Option<String>,
}

/// What a case may be given: the range that was in force when it was visited last, and the page that says why.
pub(super) async fn of_case(app: &App, grants: &Grants, case: &Case) -> Result<Option<OfCase>, PageError> {
    if !grants.regions(Role::Worker).any(|mine| mine.covers(&case.region)) {
        return Ok(None);
    }
    let visits = store::case::visits(&app.db, case.id).await?;
    let at = visits.last().map_or_else(|| app.clock.now(), |visit| visit.recorded_at);
    let (day, category) = (local_date(at), case.category.code());
    let rules = store::case::rules_of(&app.db, case.category).await?;
    let paid = visits.last().and_then(|visit| visit.self_paid);
    Ok(standard(&rules, &case.region, day).map(|it| OfCase {
        href: format!("/console/standards/{category}?region={}&on={day}", case.region),
        band: terms::band(it.least.value, it.most.value),
        worked: paid.and_then(|paid| it.worked(paid).ok().flatten()).map(|worked| terms::worked(&worked)),
    }))
}
