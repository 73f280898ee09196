//! One category: each thing that is asked, and why: whose row, since when, by which document.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        Category,
        setting::{Because, assessment::asked as questions, papers::wanted},
    },
    calendar::{local_date, say},
    ids::RegionCode,
    region::Regions,
};

use super::{
    super::standards::{Asked, known, named, reached},
    list::All,
    words,
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/settings/one.html")]
struct Page {
    frame: Frame,
    about: String,
    region: String,
    on: String,
    parts: Vec<Part>,
}

struct Part {
    name: &'static str,
    /// What is said when nothing is written.
    none: &'static str,
    lines: Vec<(String, String)>,
}

/// Whose row, since when, by which document.
pub(super) fn because(regions: &Regions, it: &Because, on: NaiveDate) -> String {
    format!("{}，{}起，{}", named(regions, &it.region, on), say::full_date(it.since), it.source)
}

fn parts(
    regions: &Regions,
    all: &All,
    category: Category,
    (region, day): (&RegionCode, NaiveDate),
) -> Vec<Part> {
    let why = |it: &Because| because(regions, it, day);
    let papers = wanted(all.rows(), category, region, day);
    let asked = questions(all.rows(), category, region, day);
    let above = all.above(category, region, day).map(|it| {
        let whole = if it.own { "" } else { "，各类一样" };
        (format!("超过{}{whole}", it.above), why(&it.because))
    });
    let others = all.one_need(category, region, day).into_iter().map(|(other, row)| {
        let it = Because { region: row.region.clone(), since: row.valid_from, source: row.source.clone() };
        (all.categories.label(other, region, day), why(&it))
    });
    vec![
        Part {
            name: "材料清单",
            none: "没有定，有什么传什么。",
            lines: papers.iter().map(|it| (words::demand(&it.demand), why(&it.because))).collect(),
        },
        Part {
            name: "家访评估",
            none: "没有定，不用填。",
            lines: asked.iter().map(|it| (words::question(&it.question), why(&it.because))).collect(),
        },
        Part {
            name: "集体研究", none: "没有定，多少都不用开会。", lines: above.into_iter().collect()
        },
        Part {
            name: "算同一件事的类别", none: "没有定，时间重叠时要写说明。", lines: others.collect()
        },
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
    let all = All::load(&app).await?;
    let today = if day == local_date(app.clock.now()) { "，今天" } else { "" };
    html(&Page {
        frame: by.frame().console_at("/console/standards").titled(format!("{name}的规定")),
        about: format!("{}，{}{today}", regions.full_name(&region, day), say::full_date(day)),
        parts: parts(&regions, &all, category, (&region, day)),
        region: region.to_string(),
        on: day.to_string(),
    })
}
