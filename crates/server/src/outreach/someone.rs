//! Somebody to be seen: what to bring, how to call, what was tried, and the slip that is still missing.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::{OutreachEntryId, OutreachPlanId, OutreachVisitId, PersonId},
    outreach::{EntryState, Outcome, PlanState, Visit, commands::receipt, store},
    region::Regions,
};

use super::{
    reader::{Reader, frame, names},
    words::{entry_tag, gift, page_error},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, Tag, html, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/someone.html")]
struct Page {
    frame: Frame,
    id: OutreachEntryId,
    plan: OutreachPlanId,
    person: PersonId,
    tag: Tag,
    rows: Vec<Answer>,
    tells: bool,
    goes: bool,
    visits: Vec<Told>,
}

struct Told {
    id: OutreachVisitId,
    words: String,
    unsigned: bool,
    said: bool,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (_, entry, plan, person, _) = Reader::entry(&app, &by, &path).await?;
    let today = local_date(app.clock.now());
    let home = match &person.residence {
        Some(home) => Regions::load(&app.db).await?.full_name(home, today),
        None => "没有登记".to_owned(),
    };
    let visits = store::visit::of_entry(&app.db, entry.id).await?;
    let who =
        names(&app, visits.iter().flat_map(|visit| [Some(&visit.lead), visit.second.as_ref()]).flatten())
            .await?;
    let told = |visit: &Visit| {
        let there = [Some(&visit.lead), visit.second.as_ref()];
        let there: Vec<&str> =
            there.into_iter().flatten().filter_map(|id| who.get(id).map(String::as_str)).collect();
        let given = visit.cash.is_positive().then(|| format!("给了{}", visit.cash));
        let again = visit.next_on.map(|next| format!("{}再去", say::date(next, today)));
        let receipt = match (visit.received_at, visit.signed) {
            (Some(_), _) => Some("本人已确认".to_owned()),
            (None, true) => Some("已签收".to_owned()),
            (None, false) => None,
        };
        let first = [say::date(visit.on_day, today), there.join("和"), visit.outcome.label().to_owned()];
        let more = [given, again, receipt].into_iter().flatten();
        let words = first.into_iter().chain(more).collect::<Vec<_>>().join("，");
        let unsigned = visit.outcome == Outcome::Given && !visit.has_receipt();
        Told { id: visit.id, words, unsigned, said: visit.said.is_some() }
    };
    let visitors = if entry.visitors > 1 { "两个人" } else { "一个人" };
    let runs = plan.state == PlanState::Approved;
    html(&Page {
        id: entry.id,
        plan: plan.id,
        person: person.id,
        tag: entry_tag(entry.state, runs && entry.due_on < today),
        rows: vec![
            Answer::new("计划", plan.title()),
            Answer::new("住处", home),
            Answer::new("带什么", gift(entry.cash, entry.item.as_deref(), entry.item_value)),
            Answer::new("几个人去", visitors),
            Answer::new("期限", format!("{}前", say::date(entry.due_on, today))),
        ],
        tells: entry.tells && runs && entry.state == EntryState::Listed,
        goes: runs && entry.state == EntryState::Listed,
        visits: visits.iter().map(told).collect(),
        frame: frame(&by, person.name),
    })
}

/// The slip has come.
pub(super) async fn signed(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let id: OutreachVisitId = path.parse().or(Err(PageError::NotFound))?;
    let visit = store::visit::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let entry = visit.entry_id.to_string();
    let (.., worker) = Reader::entry(&app, &posted.by, &entry).await?;
    receipt::signed(&app.db, &app.cx, &worker, id, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/outreach/people/{}", visit.entry_id), Said::Kept))
}
