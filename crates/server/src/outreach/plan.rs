//! One plan: its list with the reason for each, the sums, and what its reader may do now.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    calendar::{local_date, say},
    ids::{OutreachPlanId, OutreachStandardId},
    outreach::{Entry, EntryState, Plan, PlanState, store},
    region::Regions,
};
use ledger::Fen;

use super::{
    reader::{ELSEWHERE, Reader, frame, name, names, units},
    words::{entry_tag, gift, plan_tag},
};
use crate::{
    app::App,
    budget,
    page::{Answer, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "outreach/plan.html")]
struct Page {
    frame: Frame,
    id: OutreachPlanId,
    tag: Tag,
    rows: Vec<Answer>,
    envelope: Option<String>,
    lines: Vec<Line>,
    runs: bool,
    next: Next,
}

/// One thing that may be done with a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    Submit,
    Withdraw,
    Decide,
    Share,
    Settle,
}

/// What the reader may do.
struct Next(Vec<May>);

impl Next {
    fn submits(&self) -> bool {
        self.0.contains(&May::Submit)
    }

    fn withdraws(&self) -> bool {
        self.0.contains(&May::Withdraw)
    }

    fn decides(&self) -> bool {
        self.0.contains(&May::Decide)
    }

    fn shares(&self) -> bool {
        self.0.contains(&May::Share)
    }

    fn settles(&self) -> bool {
        self.0.contains(&May::Settle)
    }
}

struct Line {
    href: Option<String>,
    name: String,
    unit: String,
    why: String,
    gift: String,
    due: String,
    goes: String,
    tag: Tag,
}

/// The words of the rows that are somebody's reason.
async fn reasons(app: &App, entries: &[Entry]) -> Result<HashMap<OutreachStandardId, String>, PageError> {
    let mut ids: Vec<_> = entries.iter().filter_map(|entry| entry.standard_id).collect();
    ids.sort();
    ids.dedup();
    let rows = store::standard::find_all(&app.db, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.who.label())).collect())
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (reader, plan) = Reader::plan(&app, &by, &path).await?;
    let today = local_date(app.clock.now());
    let entries = store::entry::of_plan(&app.db, plan.id).await?;
    let (known, why) = (reader.people(&app, &entries).await?, reasons(&app, &entries).await?);
    let goers = names(&app, entries.iter().filter_map(|entry| entry.worker.as_ref())).await?;
    let of = units(&app, entries.iter().map(|entry| entry.unit_id)).await?;
    let works = reader.worker(plan.place()).is_ok();
    let line = |entry: &Entry| {
        let person = known.get(&entry.person_id);
        let shown = person.filter(|_| works);
        let reason = entry.standard_id.and_then(|id| why.get(&id).cloned()).unwrap_or_default();
        Line {
            href: shown.map(|_| format!("/console/outreach/people/{}", entry.id)),
            name: person.map_or_else(|| ELSEWHERE.to_owned(), |person| person.name.clone()),
            unit: of.get(&entry.unit_id).cloned().unwrap_or_default(),
            why: if entry.by_hand { format!("另外列入，按{reason}") } else { reason },
            gift: gift(entry.cash, entry.item.as_deref(), entry.item_value),
            due: say::date(entry.due_on, today),
            goes: entry.worker.as_ref().and_then(|id| goers.get(id).cloned()).unwrap_or_default(),
            tag: entry_tag(entry.state, plan.state == PlanState::Approved && entry.due_on < today),
        }
    };
    let lines = entries.iter().map(line).collect();
    html(&Page {
        rows: rows(&app, &plan, &entries).await?,
        envelope: budget::address(&reader.grants, &plan.envelope()),
        tag: plan_tag(plan.state),
        lines,
        runs: plan.state == PlanState::Approved,
        next: next(&reader, &plan, works),
        id: plan.id,
        frame: frame(&by, plan.title()),
    })
}

async fn rows(app: &App, plan: &Plan, entries: &[Entry]) -> Result<Vec<Answer>, PageError> {
    let today = local_date(app.clock.now());
    let place = match plan.unit_id {
        Some(unit) => units(app, [unit]).await?.remove(&unit).unwrap_or_default(),
        None => Regions::load(&app.db).await?.full_name(&plan.region, today),
    };
    let count = |state| entries.iter().filter(|entry| entry.state == state).count();
    let planned = entries.iter().filter(|entry| entry.state != EntryState::LeftOut);
    let items = planned.clone().filter(|entry| entry.item.is_some());
    let cash: Fen = planned.clone().map(|entry| entry.cash).sum();
    let worth: Fen = items.clone().map(|entry| entry.item_value).sum();
    let days = if plan.on_day == plan.to_day {
        say::full_date(plan.on_day)
    } else {
        format!("{}到{}", say::full_date(plan.on_day), say::full_date(plan.to_day))
    };
    let mut rows = vec![
        Answer::new("哪里", place),
        Answer::new("日子", days),
        Answer::new("名单", format!("{}人，不列入{}人", planned.count(), count(EntryState::LeftOut))),
        Answer::new("慰问金", cash.to_string()),
        Answer::new("慰问品", format!("{}份，最多值{worth}", items.count())),
    ];
    if plan.state == PlanState::Approved || plan.state == PlanState::Settled {
        let visited = count(EntryState::Given);
        let words = format!(
            "走访{visited}人，还要走访{}人，没有走到{}人",
            count(EntryState::Listed),
            count(EntryState::Missed)
        );
        rows.push(Answer::new("进展", words));
        rows.push(Answer::new("预占", plan.reserved.to_string()));
        rows.push(Answer::new("已付", plan.paid.to_string()));
    }
    let whole = [
        ("谁拟的", Some(&plan.made_by)),
        ("谁送审的", plan.proposed_by.as_ref()),
        ("谁审批的", plan.decided_by.as_ref()),
        ("谁结清的", plan.settled_by.as_ref()),
    ];
    for (what, who) in whole {
        if let Some(who) = who {
            rows.push(Answer::new(what, name(app, who).await?));
        }
    }
    Ok(rows)
}

fn next(reader: &Reader, plan: &Plan, works: bool) -> Next {
    let if_so = |so: bool, may: &[May]| if so { may.to_vec() } else { Vec::new() };
    let (working, other) = match plan.state {
        PlanState::Draft => (if_so(works, &[May::Submit, May::Withdraw]), Vec::new()),
        PlanState::Proposed => {
            (if_so(works, &[May::Withdraw]), if_so(reader.approver(plan).is_some(), &[May::Decide]))
        }
        PlanState::Approved => {
            (if_so(works, &[May::Share]), if_so(reader.payer(plan.place()).is_some(), &[May::Settle]))
        }
        PlanState::Settled | PlanState::Withdrawn => (Vec::new(), Vec::new()),
    };
    Next([working, other].concat())
}

/// The login's proof to work on a plan, for its acts.
pub(super) fn worker(reader: &Reader, plan: &Plan) -> Result<Worker, PageError> {
    reader.worker(plan.place())
}
