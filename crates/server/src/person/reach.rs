//! Writing down a telephone: whose it is, and what it may be called for.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    person::contact::{NewContact, Owner, Purpose, commands},
    privacy::Phone,
};
use serde::Deserialize;

use super::words::{Reached, at, person_error, reached};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/reach.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    owners: Vec<Choice>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    owner: String,
    label: String,
    phone: String,
    notice: String,
    emergency: String,
    visit: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let page = Page {
        frame: by.frame().console_at("/console/people").titled("登记联系方式"),
        href: at(it.person.id),
        typed,
        owners: Owner::ALL.into_iter().map(|owner| Choice::new(owner.code(), owner.label())).collect(),
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, &path, Typed::default()).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let owner = Owner::ALL.into_iter().find(|owner| owner.code() == typed.owner).ok_or("请选是谁的号码");
    let owner = mistakes.need("owner", owner);
    let phone = mistakes.need("phone", Phone::parse(&typed.phone).or(Err("电话不对，请再看一遍")));
    let (Some(owner), Some(phone)) = (owner, phone) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let ticked = [&typed.notice, &typed.emergency, &typed.visit];
    let purposes =
        Purpose::ALL.into_iter().zip(ticked).filter(|(_, tick)| !tick.is_empty()).map(|(one, _)| one);
    let new = NewContact { owner, label: Some(typed.label.clone()), phone, purposes: purposes.collect() };
    let now = app.clock.now();
    commands::add(&app.db, &app.cx, &it.worker, (it.person.id, new), now).await.map_err(person_error)?;
    Ok(see_other_saying(&page.href, Said::Kept))
}
