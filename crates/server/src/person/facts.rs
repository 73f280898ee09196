//! Facts in words, for a person's page and for the page of a day.

use chrono::NaiveDate;
use domain::{
    calendar::say,
    person::{
        fact::{FactKind, LONG_AGO, PersonFact, Value},
        period::{Known, Period},
    },
    region::Regions,
};

use super::words::Units;
use crate::{
    app::App,
    page::{Answer, PageError},
};

/// What, since when, by which document.
pub(super) async fn said(
    app: &App,
    regions: &Regions,
    units: &mut Units,
    row: &PersonFact,
    on: NaiveDate,
) -> Result<Answer, PageError> {
    let what = match row.said() {
        Value::Bare => String::new(),
        Value::Unit(unit, _) => units.name(app, unit).await?,
        Value::Region(code) => {
            let name = regions.full_name(&code, on);
            if name.is_empty() { code.to_string() } else { name }
        }
        Value::Level(level) => level.label().to_owned(),
        Value::Text(text) if row.kind == FactKind::JoinedWork => {
            text.parse::<Known>().map_or(text, Known::say)
        }
        Value::Text(text) if row.kind == FactKind::Period => {
            Period::parse(&text).map_or(text, |period| period.label().to_owned())
        }
        Value::Text(text) => text,
    };
    let since = match (row.from_on, row.to_on) {
        _ if row.kind == FactKind::JoinedWork => String::new(),
        (LONG_AGO, None) => String::new(),
        (from, None) => format!("{}起", say::full_date(from)),
        (LONG_AGO, Some(to)) => format!("{}止", say::full_date(to)),
        (from, Some(to)) => format!("{}至{}", say::full_date(from), say::full_date(to)),
    };
    let parts = [what, since].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let words = if parts.is_empty() { "是".to_owned() } else { parts.join("，") };
    let words = if row.basis.is_empty() { words } else { format!("{words}（{}）", row.basis) };
    Ok(Answer::new(row.kind.label(), words))
}
