//! 谁在用: a phone that several people share. What is chosen holds for this session only, and stands on top of every page.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::{self, mandate::Matters},
    authority::Myself,
    ids::AccountLinkId,
    person,
    session::commands::act_as,
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "account/using.html")]
struct Page {
    frame: Frame,
    choices: Vec<Choice>,
    chosen: String,
}

async fn page(app: &App, by: &SignedIn) -> Result<Page, PageError> {
    let now = app.clock.now();
    let mut choices = Vec::new();
    if Myself::of(&app.db, &by.account.id, now).await?.is_some() {
        choices.push(Choice::new("self", format!("我本人（{}）", by.account.name)));
    }
    for link in account::store::mandates(&app.db, &by.account.id, now).await? {
        let name = person::store::find(&app.db, link.person_id).await?.map(|person| person.name);
        let choice = Choice::new(link.id.to_string(), format!("替{}办", name.unwrap_or_default()));
        choices.push(choice.noted(Matters::say(&link.matters)));
    }
    let chosen = by.acting().map_or_else(|| "self".to_owned(), |acting| acting.link.to_string());
    Ok(Page { frame: by.frame().titled("现在谁在用？"), choices, chosen })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let page = page(&app, &by).await?;
    if page.choices.is_empty() {
        return Err(PageError::Refused("您的账号还没有和名册对上。".to_owned()));
    }
    html(&page)
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    who: String,
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Sent>) -> Result<HttpResponse, PageError> {
    let by = &posted.by;
    let page = page(&app, by).await?;
    if !page.choices.iter().any(|choice| choice.code == posted.form.who) {
        let frame = page.frame.with(Mistakes::one("who", "请选一个"));
        return mistaken(&Page { frame, ..page });
    }
    let link: Option<AccountLinkId> = posted.form.who.parse().ok();
    act_as(&app.db, &app.cx, by.session(), link, app.clock.now()).await?;
    Ok(see_other("/home"))
}
