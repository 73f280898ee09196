//! 慰问品: what there is, of each item, and a new one.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Role, Worker},
    calendar::local_date,
    ids::RegionCode,
    outreach::{OutreachError, commands::stock::add_item, store},
    region::Regions,
};
use ledger::Fen;
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// Lines of the list.
const SHOWN: u64 = 60;

#[derive(Template)]
#[template(path = "outreach/stock.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// For whoever works here: of the widest region.
    works: bool,
    typed: Typed,
}

struct Line {
    id: String,
    name: String,
    place: String,
    value: Fen,
    store: i64,
    out: i64,
    given: i64,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    value: String,
}

/// The widest region about which the login reads here.
pub(super) fn widest(reader: &Reader) -> Result<RegionCode, PageError> {
    let roles = [Role::Worker, Role::Payer, Role::Approver];
    let all = roles.iter().flat_map(|role| reader.grants.regions(*role));
    let found = all.min_by_key(|code| (code.as_str().len(), code.as_str()));
    found.cloned().ok_or(PageError::NotFound)
}

async fn show(
    app: &App,
    by: &SignedIn,
    typed: Typed,
) -> Result<(Page, RegionCode, Option<Worker>), PageError> {
    let reader = Reader::of(by).await?;
    let (region, today) = (widest(&reader)?, local_date(app.clock.now()));
    let (regions, mut lines) = (Regions::load(&app.db).await?, Vec::new());
    for item in store::stock::items_in(&app.db, &region, SHOWN).await? {
        let held = store::stock::stock(&app.db, item.id).await?;
        lines.push(Line {
            id: item.id.to_string(),
            place: regions.full_name(&item.region, today),
            name: item.name,
            value: item.value,
            store: held.store(),
            out: held.hands().map(|(_, many)| many).sum(),
            given: held.given(),
        });
    }
    let worker = reader.worker(region.clone()).ok();
    let page = Page { frame: frame(by, "慰问品"), lines, works: worker.is_some(), typed };
    Ok((page, region, worker))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, Typed::default()).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, region, worker) = show(&app, &by, typed.clone()).await?;
    let worker = worker.ok_or(PageError::NotFound)?;
    let mut mistakes = Mistakes::new();
    let value = mistakes.need("value", typed.value.parse::<Fen>().or(Err("单价请写数字，例如98.50")));
    if let Some(value) = value {
        let new = (region, typed.name.as_str(), value);
        match add_item(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(item) => return Ok(see_other(&format!("/console/outreach/stock/{}", item.id))),
            Err(OutreachError::Refused(no)) => mistakes.add("name", said(&no)),
            Err(error) => return Err(page_error(error)),
        }
    }
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}
