//! Every category on one page, and what was written down lately.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        Category,
        category::Categories,
        procedure::Procedure,
        setting::{
            Kind, Says, Setting,
            assessment::asked,
            council::{Above, council_above},
            in_force,
            papers::wanted,
        },
        store,
    },
    calendar::say,
    ids::RegionCode,
    region::Regions,
};

use super::super::standards::{Asked, named, reached};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Rows in the list.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "console/settings/list.html")]
struct Page {
    frame: Frame,
    place: String,
    region: String,
    on: String,
    lines: Vec<Line>,
    kinds: Vec<(&'static str, &'static str)>,
    written: Vec<(String, String, &'static str)>,
}

/// A category, and what is asked of it in short.
struct Line {
    code: String,
    name: String,
    values: [(&'static str, String); 4],
}

/// Everything that was agreed to.
pub(super) struct All {
    procedures: Vec<Procedure>,
    rows: Vec<Setting>,
    pub(super) categories: Categories,
}

impl All {
    pub(super) async fn load(app: &App) -> Result<Self, PageError> {
        let mut rows = Vec::new();
        for kind in Kind::all() {
            rows.extend(store::setting::of_kind(&app.db, kind).await?);
        }
        let categories = store::category::load(&app.db).await?;
        Ok(Self { procedures: store::procedure::all(&app.db).await?, rows, categories })
    }

    pub(super) fn rows(&self) -> &[Setting] {
        &self.rows
    }

    pub(super) fn above(&self, category: Category, region: &RegionCode, day: NaiveDate) -> Option<Above> {
        council_above((&self.procedures, &self.rows), category, region, day)
    }

    /// The categories that some layer says are one need with this.
    pub(super) fn one_need(
        &self,
        category: Category,
        region: &RegionCode,
        day: NaiveDate,
    ) -> Vec<(Category, &Setting)> {
        let mut found: Vec<(Category, &Setting)> = Vec::new();
        for of in self.categories.all() {
            for row in in_force(&self.rows, (Kind::SameNeed, of), region, day) {
                let Says::SameNeed { with } = &row.says else { continue };
                let others = with.iter().filter_map(|with| match (of == category, *with == category) {
                    (true, _) => Some(*with),
                    (_, true) => Some(of),
                    _ => None,
                });
                for other in others {
                    if found.iter().all(|(known, _)| *known != other) {
                        found.push((other, row));
                    }
                }
            }
        }
        found
    }
}

fn line(all: &All, category: Category, region: &RegionCode, day: NaiveDate) -> Line {
    let papers = wanted(all.rows(), category, region, day);
    let needed = papers.iter().filter(|it| it.demand.needed).count();
    let questions = asked(all.rows(), category, region, day);
    let most: u32 = questions.iter().map(|it| it.question.most()).sum();
    let others = all.one_need(category, region, day);
    let none = || "没有".to_owned();
    let values = [
        ("材料", if papers.is_empty() { none() } else { format!("{}样，一定要{needed}样", papers.len()) }),
        ("评估", if questions.is_empty() { none() } else { format!("{}题，满分{most}", questions.len()) }),
        ("集体研究", all.above(category, region, day).map_or_else(none, |it| format!("超过{}", it.above))),
        ("同一件事", if others.is_empty() { none() } else { format!("{}类", others.len()) }),
    ];
    Line { code: category.to_string(), name: all.categories.label(category, region, day), values }
}

pub(in crate::console) async fn page(
    app: web::Data<App>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (region, day) = reached(&app, &by, &asked).await?;
    let regions = Regions::load(&app.db).await?;
    let all = All::load(&app).await?;
    let categories = all.categories.all();
    let written = store::setting::written(&app.db, &region, SHOWN).await?.into_iter().map(|row| {
        let place = named(&regions, &row.region, day);
        let category = all.categories.label(row.category, &row.region, row.valid_from);
        let kind = row.kind.label();
        let words = format!("{place}，{category}，{kind}，{}起", say::full_date(row.valid_from));
        (row.id.to_string(), words, row.state.label())
    });
    html(&Page {
        frame: by.frame().console_at("/console/standards").titled("分类规定"),
        place: format!("{}，{}", regions.full_name(&region, day), say::full_date(day)),
        lines: categories.into_iter().map(|category| line(&all, category, &region, day)).collect(),
        kinds: Kind::all().map(|kind| (kind.code(), kind.label())).collect(),
        region: region.to_string(),
        on: day.to_string(),
        written: written.collect(),
    })
}
