//! One category: what it is called, what the public is told and whether it may be asked for, each with the row that says so; and every
//! layer as it stands in its document.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{category::CategoryRow, store},
    calendar::{local_date, say},
    region::Regions,
};

use super::{
    super::standards::{Asked, known, named, reached},
    choose::yes,
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/categories/one.html")]
struct Page {
    frame: Frame,
    about: String,
    region: String,
    on: String,
    code: String,
    whys: Vec<Answer>,
    /// Without one, nobody can ask for it.
    rule: bool,
    rows: Vec<Row>,
}

/// A layer, as it stands in its document.
struct Row {
    place: String,
    since: String,
    values: Vec<Answer>,
    source: String,
}

/// What a row says.
pub(super) fn said(row: &CategoryRow) -> Vec<Answer> {
    vec![
        Answer::new("名称", row.label.as_str()),
        Answer::new("公示里说", row.of_group.label()),
        Answer::new("能申请吗", yes(row.offered, "能", "不能")),
        Answer::new("申请时写原因", yes(row.reason_needed, "要写", "不用")),
        Answer::new("排在第几", row.position.to_string()),
    ]
}

/// Each value, and the layer that sets it.
fn whys(layers: &[&CategoryRow], because: impl Fn(&CategoryRow) -> String) -> Vec<Answer> {
    let (Some(first), Some(last)) = (layers.first(), layers.last()) else { return Vec::new() };
    // What two layers say alike is the wider one's.
    let named = layers.iter().find(|row| row.label == last.label).unwrap_or(last);
    let closed = layers.iter().find(|row| !row.offered);
    let reason = layers.iter().find(|row| row.reason_needed);
    let why = |name: &'static str, value: &str, row: &CategoryRow| {
        Answer::new(name, format!("{value}（{}）", because(row)))
    };
    vec![
        why("名称", &named.label, named),
        why("公示里说", first.of_group.label(), first),
        why("能申请吗", yes(closed.is_none(), "能", "不能"), closed.unwrap_or(first)),
        why("申请时写原因", yes(reason.is_some(), "要写", "不用"), reason.unwrap_or(first)),
        why("排在第几", &first.position.to_string(), first),
    ]
}

pub(in crate::console) async fn one(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, day) = reached(&app, &by, &asked).await?;
    let (category, name) = known(&app, &path, (&region, day)).await?;
    let regions = Regions::load(&app.db).await?;
    let categories = store::category::load(&app.db).await?;
    let layers = categories.layers(category, &region, day);
    let because = |row: &CategoryRow| {
        format!("{}，{}起，{}", named(&regions, &row.region, day), say::full_date(row.valid_from), row.source)
    };
    let ready = store::category::offers(&app.db, &region, day).await?;
    let today = if day == local_date(app.clock.now()) { "，今天" } else { "" };
    html(&Page {
        frame: by.frame().console_at("/console/standards").titled(name),
        about: format!("{}，{}{today}", regions.full_name(&region, day), say::full_date(day)),
        whys: whys(&layers, because),
        rule: categories.offered(category, &region, day).is_none()
            || ready.iter().any(|offer| offer.category == category),
        rows: layers
            .iter()
            .map(|row| Row {
                place: named(&regions, &row.region, day),
                since: say::full_date(row.valid_from),
                values: said(row),
                source: row.source.clone(),
            })
            .collect(),
        region: region.to_string(),
        on: day.to_string(),
        code: category.to_string(),
    })
}
