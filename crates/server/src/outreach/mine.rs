//! On the phone, on the way: whom I have still to see, the next one first.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    outreach::{Entry, store},
    region::Regions,
};

use super::{
    reader::{Reader, frame},
    words::{entry_tag, gift},
};
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "outreach/mine.html")]
struct Page {
    frame: Frame,
    first: Option<Line>,
    rest: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    note: String,
    tag: Tag,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by).await?;
    if reader.worked().is_empty() {
        return Err(PageError::NotFound);
    }
    let today = local_date(app.clock.now());
    let entries = store::entry::of_worker(&app.db, &by.account.id).await?;
    let (known, regions) = (reader.people(&app, &entries).await?, Regions::load(&app.db).await?);
    let line = |entry: &Entry| {
        let person = known.get(&entry.person_id)?;
        let home = person.residence.as_ref().map_or_else(String::new, |home| regions.full_name(home, today));
        let gets = gift(entry.cash, entry.item.as_deref(), entry.item_value);
        let words = [home, format!("{}前", say::date(entry.due_on, today)), gets];
        let words: Vec<String> = words.into_iter().filter(|part| !part.is_empty()).collect();
        Some(Line {
            href: format!("/console/outreach/people/{}", entry.id),
            name: person.name.clone(),
            note: words.join("，"),
            tag: entry_tag(entry.state, entry.due_on < today),
        })
    };
    let mut lines = entries.iter().filter_map(line);
    html(&Page { frame: frame(&by, "我要走访的"), first: lines.next(), rest: lines.collect() })
}
