//! 走访单: each way on paper, with a place to sign. No numbers of anybody, and nothing of what is wrong with anybody.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, local_time, say},
    ids::{AccountId, OutreachPlanId},
    outreach::{Entry, EntryState, store},
    region::Regions,
};

use super::{
    reader::{ELSEWHERE, Reader, frame, names, units},
    words::gift,
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "outreach/sheet.html")]
struct Page {
    frame: Frame,
    id: OutreachPlanId,
    title: String,
    ways: Vec<Way>,
    printed: String,
}

/// The columns of a way.
const HEADS: [&str; 5] = ["次序", "姓名", "住处", "单位", "给什么"];

struct Way {
    who: String,
    stops: Vec<[String; 5]>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (reader, plan, _) = Reader::planning(&app, &by, &path).await?;
    let (now, today) = (app.clock.now(), local_date(app.clock.now()));
    let mut entries = store::entry::of_plan(&app.db, plan.id).await?;
    entries.retain(|entry| entry.state == EntryState::Listed);
    let (known, regions) = (reader.people(&app, &entries).await?, Regions::load(&app.db).await?);
    let goers = names(&app, entries.iter().filter_map(|entry| entry.worker.as_ref())).await?;
    let of = units(&app, entries.iter().map(|entry| entry.unit_id)).await?;
    let mut shared: BTreeMap<Option<AccountId>, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        shared.entry(entry.worker.clone()).or_default().push(entry);
    }
    let stop = |(no, entry): (usize, &Entry)| {
        let person = known.get(&entry.person_id);
        let home = person.and_then(|person| person.residence.as_ref());
        [
            no.to_string(),
            person.map_or_else(|| ELSEWHERE.to_owned(), |person| person.name.clone()),
            home.map_or_else(|| "没有登记住处".to_owned(), |home| regions.full_name(home, today)),
            of.get(&entry.unit_id).cloned().unwrap_or_default(),
            gift(entry.cash, entry.item.as_deref(), entry.item_value),
        ]
    };
    let way = |(who, mut entries): (Option<AccountId>, Vec<Entry>)| {
        entries.sort_by_key(|entry| (entry.place_no, entry.id));
        Way {
            who: who.and_then(|who| goers.get(&who).cloned()).unwrap_or_else(|| "还没有分派".to_owned()),
            stops: (1..).zip(&entries).map(stop).collect(),
        }
    };
    html(&Page {
        frame: frame(&by, "走访单"),
        id: plan.id,
        title: plan.title(),
        ways: shared.into_iter().map(way).collect(),
        printed: format!("{}，{} {}", by.account.name, say::full_date(today), say::time(local_time(now))),
    })
}
