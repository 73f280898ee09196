//! A row to be: written by one.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Refusal,
        commands::setting::propose,
        setting::{
            Kind,
            assessment::{QUESTIONS, TEXT},
        },
    },
    authority::Worker,
    calendar::local_date,
    evidence::Item,
    ids::RegionCode,
    region::Regions,
};
use notify::words::refusal;

use super::{
    super::{categories, proposal::place},
    read::{HOW, Typed, items, read},
};
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// Characters of all questions of one row.
const LONGEST: usize = QUESTIONS * TEXT * 4;

#[derive(Template)]
#[template(path = "console/settings/new.html")]
struct Page {
    frame: Frame,
    place: String,
    kind: Kind,
    categories: Vec<Choice>,
    chosen: String,
    from: String,
    source: String,
    papers: Vec<Paper>,
    questions: String,
    longest: usize,
    above: String,
    with: Vec<String>,
}

/// A paper: its field, its name, and how much it is wanted.
struct Paper {
    field: String,
    name: &'static str,
    how: [(&'static str, &'static str, bool); 5],
}

async fn show(
    app: &App,
    by: &SignedIn,
    (kind, typed): (Kind, &Typed),
) -> Result<(Page, RegionCode, Worker), PageError> {
    let (region, worker) = place(by).await?;
    let paper = |item: Item| {
        let how = HOW.map(|(code, words)| (code, words, code == typed.paper(item)));
        Paper { field: format!("item-{}", item.code()), name: item.label(), how }
    };
    let page = Page {
        frame: by.frame().console_at("/console/standards").titled(format!("定{}", kind.label())),
        place: Regions::load(&app.db).await?.full_name(&region, local_date(app.clock.now())),
        kind,
        categories: categories::known(app, &region).await?,
        chosen: typed.one("category").to_owned(),
        from: typed.one("from").to_owned(),
        source: typed.one("source").to_owned(),
        papers: items().map(paper).collect(),
        questions: typed.one("questions").to_owned(),
        longest: LONGEST,
        above: typed.one("above").to_owned(),
        with: typed.all("with").map(str::to_owned).collect(),
    };
    Ok((page, region, worker))
}

pub(in crate::console) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let kind = Kind::parse(&path).ok_or(PageError::NotFound)?;
    let today = local_date(app.clock.now()).to_string();
    let typed = Typed::new(vec![("from".to_owned(), today)]);
    html(&show(&app, &by, (kind, &typed)).await?.0)
}

pub(in crate::console) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let kind = Kind::parse(&path).ok_or(PageError::NotFound)?;
    let typed = Typed::new(form);
    let (page, region, worker) = show(&app, &by, (kind, &typed)).await?;
    let mistakes = match read(&typed, kind, region, &page.categories) {
        Err(mistakes) => mistakes,
        Ok(new) => match propose(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(row) => return Ok(see_other(&format!("/console/settings/rows/{}", row.id))),
            Err(AidError::Refused(no)) => {
                Mistakes::one(field(kind, &no), refusal::aid(&no).replace('\n', ""))
            }
            Err(error) => return Err(page_error(error)),
        },
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

/// Beside which field a rule is said.
const fn field(kind: Kind, no: &Refusal) -> &'static str {
    match (no, kind) {
        (Refusal::StandardInThePast, _) => "from",
        (_, Kind::Papers) => "item-identity",
        (_, Kind::Assessment) => "questions",
        (_, Kind::CouncilAbove) => "above",
        (_, Kind::SameNeed) => "with",
    }
}
