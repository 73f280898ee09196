//! Who goes: the workers among whom a plan's people are shared, each with the own way.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{self, Role},
    ids::{AccountId, OutreachPlanId},
    outreach::{OutreachError, Plan, PlanState, commands::share::share},
};

use super::{
    reader::{Reader, frame, name},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/share.html")]
struct Page {
    frame: Frame,
    id: OutreachPlanId,
    goers: Vec<Choice>,
    chosen: Vec<String>,
}

async fn page(
    app: &App,
    by: &SignedIn,
    id: &str,
    chosen: Vec<String>,
) -> Result<(Page, Reader, Plan), PageError> {
    let (reader, plan, _) = Reader::planning(app, by, id).await?;
    if plan.state != PlanState::Approved {
        return Err(PageError::NotFound);
    }
    let mut goers = Vec::new();
    for id in authority::store::holders(&app.db, Role::Worker, &plan.place(), app.clock.now()).await? {
        goers.push(Choice::new(id.to_string(), name(app, &id).await?));
    }
    let page = Page { frame: frame(by, "分派走访"), id: plan.id, goers, chosen };
    Ok((page, reader, plan))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, &path, Vec::new()).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let chosen: Vec<String> = form.into_iter().filter(|(key, _)| key == "who").map(|(_, id)| id).collect();
    let (page, reader, plan) = page(&app, &by, &path, chosen.clone()).await?;
    let who: Vec<AccountId> = chosen.iter().filter_map(|id| AccountId::parse(id)).collect();
    let worker = reader.worker(plan.place())?;
    match share(&app.db, &app.cx, &worker, (plan.id, &who), app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(&format!("/console/outreach/plans/{}/sheet", plan.id), Said::Kept)),
        Err(OutreachError::Refused(no)) => {
            mistaken(&Page { frame: page.frame.with(Mistakes::one("who", said(&no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
