//! The categories to choose from.

use domain::{
    aid::{Category, store},
    calendar::local_date,
    ids::RegionCode,
};

use crate::{
    app::App,
    page::{Choice, PageError},
};

/// Every category that was ever made, with the words of a place today, to choose from.
pub(in crate::console) async fn known(app: &App, region: &RegionCode) -> Result<Vec<Choice>, PageError> {
    let (categories, today) = (store::category::load(&app.db).await?, local_date(app.clock.now()));
    let each = categories.all().into_iter();
    Ok(each.map(|it| Choice::new(it.code(), categories.label(it, region, today))).collect())
}

/// One of those.
pub(in crate::console) fn one_of(code: &str, known: &[Choice]) -> Option<Category> {
    known.iter().find(|choice| choice.code == code).and_then(|choice| Category::parse(&choice.code))
}

/// 是 or 不.
pub(super) const fn yes(it: bool, yes: &'static str, no: &'static str) -> &'static str {
    if it { yes } else { no }
}
