//! 回访: by what the months are drawn, what was drawn, and whom somebody still has to visit.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{sample::Seed, store},
    authority::{Role, Scope},
    calendar::{local_date, say},
    ids::RegionCode,
    region::Regions,
};

use crate::{
    app::App,
    console::{EXCUSED, excused_of},
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Lines of each list.
const SHOWN: u64 = 100;
/// Months of which the seed is shown.
const SEEDS: u64 = 3;

#[derive(Template)]
#[template(path = "console/after/follow_ups.html")]
struct Page {
    frame: Frame,
    waiting: Vec<(String, String, String, bool)>,
    drawn: Vec<(String, String)>,
    seeds: Vec<Shown>,
}

/// By what a month is drawn, and what that was made of.
struct Shown {
    month: String,
    text: String,
    seed: String,
    when: String,
    /// Nothing is drawn on the day on which it is first shown.
    draws: bool,
}

pub(in crate::console) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let widest = grants.regions(Role::Worker).min_by_key(|code| (code.as_str().len(), code.as_str()));
    let widest = widest.cloned();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let regions = Regions::load(&app.db).await?;
    let named = |code: &RegionCode| {
        regions.find(code, today).map_or_else(|| code.to_string(), |found| found.name.clone())
    };
    let excused = excused_of(&app, &grants).await?;
    let waiting = store::after::to_visit(&app.db, &scopes, SHOWN).await?.into_iter().map(|(row, case)| {
        let due = row.due_on.unwrap_or(today);
        let at = format!("/console/aid/{}/follow-ups/{}", case.id, row.id);
        if excused.from(&case).is_some() {
            return (at, case.number, EXCUSED.to_owned(), false);
        }
        (at, case.number, format!("最晚{}", say::date(due, today)), due < today)
    });
    let mut drawn = Vec::new();
    if let Some(widest) = widest {
        for sample in store::after::samples(&app.db, &widest, SHOWN).await? {
            let month = sample.month.format("%Y年%-m月");
            let place = named(&sample.region);
            let words = format!("{place}{month}，{}笔里抽了{}笔", sample.listed, sample.chosen);
            drawn.push((sample.id.to_string(), words));
        }
    }
    let shown = |row: Seed| Shown {
        month: row.month.format("%Y年%-m月").to_string(),
        text: format!("{}:{}", row.month.format("%Y-%m"), row.anchor),
        when: say::full_date(local_date(row.fixed_at)),
        draws: local_date(row.fixed_at) == today,
        seed: row.seed,
    };
    let seeds = store::seed::latest(&app.db, SEEDS).await?.into_iter().map(shown).collect();
    html(&Page { frame: by.frame().console().titled("回访"), waiting: waiting.collect(), drawn, seeds })
}
