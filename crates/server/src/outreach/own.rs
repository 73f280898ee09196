//! For the person: what has come, and one tap that says so.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say},
    ids::OutreachVisitId,
    outreach::{Visit, commands::receipt, store},
};

use super::words::page_error;
use crate::{
    app::App,
    page::{Brand, Frame, PageError, Said, html, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of the list.
const SHOWN: u64 = 20;

#[derive(Template)]
#[template(path = "outreach/own.html")]
struct Page {
    frame: Frame,
    waits: Vec<(OutreachVisitId, String, String)>,
    known: Vec<(String, String)>,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (myself, today) = (by.myself().await?, local_date(app.clock.now()));
    let (mut waits, mut known) = (Vec::new(), Vec::new());
    for visit in store::visit::given_to(&app.db, myself.person(), SHOWN).await? {
        let when = say::date(visit.on_day, today);
        let what = what(&app, &visit).await?;
        if visit.received_at.is_some() {
            known.push((when, format!("{what}，您说收到了")));
        } else if visit.signed {
            known.push((when, format!("{what}，已经签收")));
        } else {
            waits.push((visit.id, when, what));
        }
    }
    html(&Page { frame: by.frame().titled("来看望您的").branded(Brand::Care), waits, known })
}

/// 慰问金¥500.00和慰问品.
async fn what(app: &App, visit: &Visit) -> Result<String, PageError> {
    let cash = visit.cash.is_positive().then(|| format!("慰问金{}", visit.cash));
    let item = match visit.item_id {
        Some(id) => store::stock::item(&app.db, id).await?.map(|item| item.name),
        None => None,
    };
    let all: Vec<String> = [cash, item].into_iter().flatten().collect();
    Ok(if all.is_empty() { "来看望您".to_owned() } else { all.join("和") })
}

/// It has come.
pub(super) async fn received(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let id: OutreachVisitId = path.parse().or(Err(PageError::NotFound))?;
    let myself = posted.by.myself().await?;
    receipt::received(&app.db, &app.cx, &myself, id, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying("/outreach", Said::Kept))
}
