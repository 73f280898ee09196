//! A standard to be: written by one, agreed to by another.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    account,
    aid::{
        AidError, Category, ProposalState, Refusal,
        commands::standard::{NewStandard, decide, propose},
        store,
    },
    authority::{Role, Worker},
    calendar::{local_date, say},
    ids::{AidRuleId, RegionCode},
    region::Regions,
};
use notify::words::refusal;
use serde::Deserialize;

use super::terms;
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/new_standard.html")]
struct Page {
    frame: Frame,
    place: String,
    categories: Vec<(&'static str, &'static str)>,
    often: Vec<Choice>,
    rounds: Vec<Choice>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    category: String,
    from: String,
    #[serde(flatten)]
    terms: terms::Typed,
    source: String,
}

async fn page(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, RegionCode, Worker), PageError> {
    let grants = by.grants().await?;
    let widest = grants.regions(Role::Worker).min_by_key(|code| (code.as_str().len(), code.as_str()));
    let region = widest.cloned().ok_or(PageError::NotFound)?;
    let worker = Worker::among(&grants, region.clone()).ok_or(PageError::NotFound)?;
    let place = Regions::load(&app.db).await?.full_name(&region, local_date(app.clock.now()));
    let page = Page {
        frame: by.frame().console_at("/console/standards").titled("定一条标准"),
        place,
        categories: Category::all().map(|category| (category.code(), category.label())).collect(),
        often: terms::often(),
        rounds: terms::rounds(),
        typed,
    };
    Ok((page, region, worker))
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let today = local_date(app.clock.now());
    // Most begin with a year.
    let from =
        NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).map_or_else(String::new, |day| day.to_string());
    html(&page(&app, &by, Typed { from, terms: terms::Typed::usual(), ..Typed::default() }).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, region, worker) = page(&app, &by, typed.clone()).await?;
    let mistakes = match read(&typed, region) {
        Err(mistakes) => mistakes,
        Ok(new) => match propose(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(proposal) => return Ok(see_other(&format!("/console/standards/rows/{}", proposal.id))),
            Err(AidError::Refused(no)) => Mistakes::one(field(&no), refusal::aid(&no).replace('\n', "")),
            Err(error) => return Err(page_error(error)),
        },
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

/// Beside which field a rule is said.
const fn field(no: &Refusal) -> &'static str {
    match no {
        Refusal::Contradicts { field, .. } => terms::input(*field),
        Refusal::StandardInThePast | Refusal::StandardExists => "from",
        _ => "least",
    }
}

fn read(typed: &Typed, region: RegionCode) -> Result<NewStandard, Mistakes> {
    let mut mistakes = Mistakes::new();
    let category = mistakes.need("category", Category::parse(&typed.category).ok_or("请选类别"));
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let terms = terms::read(&typed.terms, &mut mistakes);
    if typed.source.trim().is_empty() {
        mistakes.add("source", "请写文件号");
    }
    let (Some(category), Some(valid_from), Some(terms), true) = (category, from, terms, mistakes.is_empty())
    else {
        return Err(mistakes);
    };
    Ok(NewStandard { category, region, valid_from, terms, source: typed.source.clone() })
}

#[derive(Template)]
#[template(path = "console/standard_row.html")]
struct Proposed {
    frame: Frame,
    id: AidRuleId,
    rows: Vec<Answer>,
    decides: bool,
    mine: bool,
}

pub(super) async fn shown(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: AidRuleId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::standard::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let _: Worker = by.prove(it.region.clone()).await?;
    let today = local_date(app.clock.now());
    let mut rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("类别", it.category.label()),
        Answer::new("从哪天起", say::full_date(it.valid_from)),
    ];
    rows.extend(terms::said(&it.rule().terms()));
    rows.push(Answer::new("依据", it.source.clone()));
    rows.push(Answer::new("状态", it.state.label()));
    for (what, who) in [("谁写的", Some(&it.proposed_by)), ("谁审核的", it.decided_by.as_ref())] {
        let Some(who) = who else { continue };
        let found = account::store::find(&app.db, who).await?;
        rows.push(Answer::new(what, found.map_or_else(|| who.to_string(), |account| account.name)));
    }
    let (waits, mine) = (it.state == ProposalState::Proposed, it.proposed_by == by.account.id);
    html(&Proposed {
        frame: by.frame().console_at("/console/standards").titled("一条标准"),
        id,
        rows,
        decides: waits && !mine,
        mine: waits && mine,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let id: AidRuleId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::standard::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = posted.by.prove(it.region.clone()).await?;
    let agree = match posted.form.act.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(PageError::NotFound),
    };
    decide(&app.db, &app.cx, &worker, (id, agree), app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/standards/rows/{id}"), Said::Kept))
}
