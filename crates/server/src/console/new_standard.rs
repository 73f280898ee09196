//! A standard to be: written by one, agreed to by another.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    aid::{
        AidError, Refusal,
        commands::standard::{NewStandard, decide, propose},
        store,
    },
    authority::Worker,
    calendar::{local_date, say},
    ids::{AidRuleId, RegionCode},
    region::Regions,
};
use notify::words::refusal;
use serde::Deserialize;

use super::{
    categories,
    proposal::{self, About, Hands, Pressed},
    terms,
};
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
    categories: Vec<Choice>,
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
    let (region, worker) = proposal::place(by).await?;
    let place = Regions::load(&app.db).await?.full_name(&region, local_date(app.clock.now()));
    let page = Page {
        frame: by.frame().console_at("/console/standards").titled("定一条标准"),
        place,
        categories: categories::known(app, &region).await?,
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
    let mistakes = match read(&typed, region, &page.categories) {
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

fn read(typed: &Typed, region: RegionCode, known: &[Choice]) -> Result<NewStandard, Mistakes> {
    let mut mistakes = Mistakes::new();
    let category = mistakes.need("category", categories::one_of(&typed.category, known).ok_or("请选类别"));
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

pub(super) async fn shown(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: AidRuleId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::standard::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let _: Worker = by.prove(it.region.clone()).await?;
    let today = local_date(app.clock.now());
    let category = store::category::load(&app.db).await?.label(it.category, &it.region, it.valid_from);
    let mut rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("类别", category),
        Answer::new("从哪天起", say::full_date(it.valid_from)),
    ];
    rows.extend(terms::said(&it.rule().terms()));
    rows.push(Answer::new("依据", it.source));
    let what = About {
        title: "一条标准",
        back: ("/console/standards", "帮扶标准"),
        at: format!("/console/standards/rows/{id}"),
    };
    let hands = Hands { state: it.state, first: Some(&it.proposed_by), second: it.decided_by.as_ref() };
    proposal::shown((&app, &by), what, rows, hands).await
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: AidRuleId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::standard::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = posted.by.prove(it.region).await?;
    let decided = (id, posted.form.agrees()?);
    decide(&app.db, &app.cx, &worker, decided, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/standards/rows/{id}"), Said::Kept))
}
