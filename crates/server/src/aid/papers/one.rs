//! One item: what was sent of it, and the form for one more.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    evidence::Item,
    ids::EvidenceId,
    region::Regions,
};

use super::{
    super::start::Way,
    whereto::{To, Whereto, item, item_of_case},
};
use crate::{
    app::App,
    page::{Brand, Frame, Mistakes, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "aid/papers/one.html")]
pub(super) struct Page {
    frame: Frame,
    back: String,
    whose: String,
    action: String,
    once: String,
    sent: Vec<Sent>,
    may_take_back: bool,
    /// Why it is asked: how much, where it is written, since when, in which document.
    why: Option<[String; 4]>,
}

/// A paper that was sent.
struct Sent {
    id: EvidenceId,
    when: String,
    is_picture: bool,
}

/// Where what is asked of an item is written.
async fn why(app: &App, whereto: &Whereto, item: Item) -> Result<Option<[String; 4]>, PageError> {
    let Some(wanted) = whereto.asked(item) else { return Ok(None) };
    let (because, today) = (&wanted.because, local_date(app.clock.now()));
    let place = Regions::load(&app.db).await?.full_name(&because.region, today);
    let since = say::full_date(because.since);
    Ok(Some([wanted.demand.how().to_owned(), place, since, because.source.clone()]))
}

pub(super) async fn page(
    app: &App,
    by: &SignedIn,
    (whereto, item): (&Whereto, Item),
    mistake: Option<String>,
) -> Result<Page, PageError> {
    let now = app.clock.now();
    let frame = by.frame().branded(Brand::Care).titled(item.label());
    let of_item = whereto.papers.iter().filter(|paper| paper.item == item);
    Ok(Page {
        why: why(app, whereto, item).await?,
        frame: match mistake {
            Some(words) => frame.with(Mistakes::one("photo", words)),
            None => frame,
        },
        back: whereto.before(item),
        whose: whereto.whose.code.clone(),
        action: whereto.action(item),
        once: EvidenceId::new(now).to_string(),
        sent: of_item
            .map(|paper| Sent {
                id: paper.id,
                when: say::moment(paper.sent_at, now),
                is_picture: paper.small.is_some(),
            })
            .collect(),
        may_take_back: matches!(whereto.to, To::Draft(_)),
    })
}

pub(in crate::aid) async fn draft_form(
    app: web::Data<App>,
    path: web::Path<String>,
    way: web::Query<Way>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let item = item(&path)?;
    html(&page(&app, &by, (&Whereto::draft(&app, &by, &way.whose).await?, item), None).await?)
}

pub(in crate::aid) async fn case_form(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, code) = path.into_inner();
    let whereto = Whereto::case(&app, &by, &case).await?;
    html(&page(&app, &by, (&whereto, item_of_case(&code)?), None).await?)
}
