//! Writing a visit down, on the phone. What was typed stays when something is wrong.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    account,
    authority::{self, Role},
    calendar::local_date,
    ids::{AccountId, OutreachEntryId, OutreachVisitId},
    outreach::{
        Entry, EntryState, Outcome, OutreachError, PlanState, Refusal,
        commands::visit::{NewVisit, record_visit},
        store,
    },
    person,
};
use ledger::Fen;
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/visit.html")]
struct Page {
    frame: Frame,
    id: OutreachEntryId,
    outcomes: Vec<Choice>,
    others: Vec<(String, String)>,
    items: Vec<(String, String)>,
    cash: bool,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// The visit's id, so that the form sent twice is one visit.
    once: String,
    outcome: String,
    on: String,
    second: String,
    cash: String,
    item: String,
    signed: String,
    said: String,
    next: String,
}

/// The items in the reader's hands that are worth no more than the list says.
async fn items(app: &App, by: &SignedIn, entry: &Entry) -> Result<Vec<(String, String)>, PageError> {
    let mut mine = Vec::new();
    if entry.item.is_none() {
        return Ok(mine);
    }
    let plan = store::plan::find(&app.db, entry.plan_id).await?.ok_or(PageError::NotFound)?;
    for item in store::stock::items_in(&app.db, &plan.region, 50).await? {
        let held = store::stock::stock(&app.db, item.id).await?.in_hands_of(&by.account.id);
        if held > 0 && item.value <= entry.item_value {
            mine.push((item.id.to_string(), format!("{}（手上{held}份）", item.name)));
        }
    }
    Ok(mine)
}

async fn show(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Entry), PageError> {
    let (_, entry, plan, person, _) = Reader::entry(app, by, id).await?;
    if plan.state == PlanState::Draft || entry.state == EntryState::LeftOut {
        return Err(PageError::NotFound);
    }
    let place = person::store::place_of(&app.db, person.id).await?.ok_or(PageError::NotFound)?;
    let mut others = Vec::new();
    for other in authority::store::holders(&app.db, Role::Worker, &place, app.clock.now()).await? {
        if other != by.account.id
            && let Some(account) = account::store::find(&app.db, &other).await?
        {
            others.push((other.to_string(), account.name));
        }
    }
    let page = Page {
        frame: frame(by, format!("走访{}", person.name)),
        id: entry.id,
        outcomes: Outcome::ALL.map(|one| Choice::new(one.code(), one.label())).into(),
        others,
        items: items(app, by, &entry).await?,
        cash: entry.cash.is_positive(),
        typed,
    };
    Ok((page, entry))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (now, id) = (app.clock.now(), path.into_inner());
    let entry = store::entry::find(&app.db, id.parse().or(Err(PageError::NotFound))?).await?;
    let cash = entry.filter(|entry| entry.cash.is_positive());
    let typed = Typed {
        once: OutreachVisitId::new(now).to_string(),
        on: local_date(now).to_string(),
        cash: cash.map_or_else(String::new, |entry| plain(entry.cash)),
        ..Typed::default()
    };
    html(&show(&app, &by, &id, typed).await?.0)
}

/// 500, or 500.50.
fn plain(amount: Fen) -> String {
    let text = amount.to_string().replace(['¥', ','], "");
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, entry) = show(&app, &by, &path, typed.clone()).await?;
    let (.., person, worker) = Reader::entry(&app, &by, &path).await?;
    let mistakes = match read(&typed)? {
        Err(mistakes) => mistakes,
        Ok(new) => {
            let outcome = new.outcome;
            match record_visit(&app.db, &app.cx, &worker, (entry.id, new), app.clock.now()).await {
                // The death itself is recorded where everything stops with it.
                Ok(_) if outcome == Outcome::Died => {
                    return Ok(see_other(&format!("/console/people/{}/death", person.id)));
                }
                Ok(_) => {
                    return Ok(see_other_saying(
                        &format!("/console/outreach/people/{}", entry.id),
                        Said::Kept,
                    ));
                }
                Err(OutreachError::Refused(no)) => Mistakes::one(field(&no), said(&no)),
                Err(error) => return Err(page_error(error)),
            }
        }
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

/// Beside which field a rule is said.
const fn field(no: &Refusal) -> &'static str {
    match no {
        Refusal::Second => "second",
        Refusal::Day => "on",
        Refusal::TooMuch => "cash",
        Refusal::NoPieces { .. } => "item",
        Refusal::Words => "said",
        _ => "outcome",
    }
}

fn read(typed: &Typed) -> Result<Result<NewVisit, Mistakes>, PageError> {
    let id = typed.once.parse().or(Err(PageError::Stale))?;
    let mut mistakes = Mistakes::new();
    let outcome = mistakes.need("outcome", Outcome::parse(&typed.outcome).ok_or("请选怎么样"));
    let on = mistakes.need("on", typed.on.parse::<NaiveDate>().or(Err("请写哪一天去的")));
    let gives = outcome == Some(Outcome::Given);
    let cash = match typed.cash.trim() {
        text if gives && !text.is_empty() => {
            mistakes.need("cash", text.parse::<Fen>().or(Err("金额请写数字，例如500")))
        }
        _ => Some(Fen::ZERO),
    };
    let next_on = match typed.next.trim() {
        "" => Some(None),
        day => mistakes.need("next", day.parse::<NaiveDate>().map(Some).or(Err("请写下次去的日期"))),
    };
    let (Some(outcome), Some(on), Some(cash), Some(next_on)) = (outcome, on, cash, next_on) else {
        return Ok(Err(mistakes));
    };
    Ok(Ok(NewVisit {
        id,
        on,
        outcome,
        second: AccountId::parse(&typed.second),
        cash,
        item: if gives { typed.item.parse().ok() } else { None },
        signed: !typed.signed.is_empty(),
        said: typed.said.clone(),
        next_on,
    }))
}
