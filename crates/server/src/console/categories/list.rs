//! Every category on one page, and what was written down lately.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        Category,
        setting::{Kind, papers::wanted},
        store,
    },
    calendar::say,
    region::Regions,
};

use super::{
    super::standards::{Asked, named, reached},
    choose::yes,
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Rows in the list.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "console/categories/list.html")]
struct Page {
    frame: Frame,
    place: String,
    region: String,
    on: String,
    lines: Vec<Line>,
    makes: bool,
    written: Vec<(String, String, &'static str)>,
}

/// A category.
struct Line {
    code: String,
    name: String,
    group: &'static str,
    offered: String,
    reason: &'static str,
}

/// Why a category is not on the form, or is.
fn stands(offered: bool, (rule, papers): (bool, bool)) -> String {
    match (offered, rule, papers) {
        (false, ..) => "不能",
        (true, false, false) => "还不能：没有定标准，也没有材料清单",
        (true, false, true) => "还不能：没有定标准",
        (true, true, false) => "能，没有材料清单",
        (true, true, true) => "能",
    }
    .to_owned()
}

pub(in crate::console) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, day) = reached(&app, &by, &asked).await?;
    let regions = Regions::load(&app.db).await?;
    let categories = store::category::load(&app.db).await?;
    let ready = store::category::offers(&app.db, &region, day).await?;
    let papers = store::setting::of_kind(&app.db, Kind::Papers).await?;
    let line = |category: Category| {
        let offer = categories.offered(category, &region, day);
        let rule = ready.iter().any(|offer| offer.category == category);
        let lists = !wanted(&papers, category, &region, day).is_empty();
        Line {
            code: category.to_string(),
            name: categories.label(category, &region, day),
            group: categories.group(category).label(),
            offered: stands(offer.is_some(), (rule, lists)),
            reason: yes(offer.is_some_and(|offer| offer.reason_needed), "要写", "不用"),
        }
    };
    let written = store::category::written(&app.db, &region, SHOWN).await?.into_iter().map(|row| {
        let place = named(&regions, &row.region, day);
        let ends = yes(row.offered, "", "，不能申请");
        let words = format!("{place}，{}{ends}，{}起", row.label, say::full_date(row.valid_from));
        (row.id.to_string(), words, row.state.label())
    });
    html(&Page {
        frame: by.frame().console_at("/console/standards").titled("帮扶类别"),
        place: format!("{}，{}", regions.full_name(&region, day), say::full_date(day)),
        lines: categories.all().into_iter().map(line).collect(),
        makes: categories.may_make(&region),
        region: region.to_string(),
        on: day.to_string(),
        written: written.collect(),
    })
}
