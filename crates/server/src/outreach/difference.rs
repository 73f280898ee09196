//! What would change if the list were made again; nothing changes by looking.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::OutreachPlanId,
    outreach::{Entry, PlanState, commands::refresh::difference, listing::Wanted, store},
    person,
};

use super::{
    reader::{ELSEWHERE, Reader, frame},
    words::{gift, page_error},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "outreach/difference.html")]
struct Page {
    frame: Frame,
    id: OutreachPlanId,
    comes: Vec<(String, String)>,
    goes: Vec<String>,
    changes: Vec<(String, String)>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (reader, plan, _) = Reader::planning(&app, &by, &path).await?;
    if plan.state != PlanState::Draft {
        return Err(PageError::NotFound);
    }
    let (now, today) = (app.clock.now(), local_date(app.clock.now()));
    let found = difference(&app.db, &plan, now).await.map_err(page_error)?;
    let entries = store::entry::of_plan(&app.db, plan.id).await?;
    let known = reader.people(&app, &entries).await?;
    let name = |entry: Option<&Entry>| {
        let person = entry.and_then(|entry| known.get(&entry.person_id));
        person.map_or_else(|| ELSEWHERE.to_owned(), |person| person.name.clone())
    };
    let entry = |id| entries.iter().find(|entry| entry.id == id);
    let gets = |one: &Wanted| {
        format!("{}，{}前", gift(one.cash, one.item.as_deref(), one.item_value), say::date(one.due_on, today))
    };
    let mut comes = Vec::with_capacity(found.comes.len());
    for one in &found.comes {
        // The list itself comes from the plan's places.
        let person = person::store::find(&app.db, one.person).await?;
        comes.push((person.map(|person| person.name).unwrap_or_default(), gets(one)));
    }
    html(&Page {
        frame: frame(&by, "重新生成名单"),
        id: plan.id,
        comes,
        goes: found.goes.iter().map(|id| name(entry(*id))).collect(),
        changes: found.changes.iter().map(|(id, one)| (name(entry(*id)), gets(one))).collect(),
    })
}
