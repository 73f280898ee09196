//! What people ask about their records, at the desk. Reading the words is recorded.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Role, Scope, Worker},
    calendar::{local_date, say},
    ids::WishId,
    person::{self, leader::Discretion},
    wish::{
        Answer, Wish,
        commands::{self, WishError},
        store,
    },
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::ask::trouble;
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of the list.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "wish/desk.html")]
struct List {
    frame: Frame,
    lines: Vec<(String, String, String)>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, now) = (by.grants().await?, app.clock.now());
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let mut lines = Vec::new();
    for wish in store::waiting(&app.db, &scopes, MOST).await? {
        let person = person::store::find(&app.db, wish.person_id).await?.map(|person| person.name);
        let since = say::date(local_date(wish.asked_at), local_date(now));
        let href = format!("/console/wishes/{}", wish.id);
        lines.push((href, person.unwrap_or_default(), format!("{}，{since}", wish.kind.label())));
    }
    html(&List { frame: by.frame().console_at("/console").titled("本人要求改正或删除"), lines })
}

#[derive(Template)]
#[template(path = "wish/answer.html")]
struct Page {
    frame: Frame,
    id: WishId,
    person: String,
    said: String,
    answers: Vec<Choice>,
    chosen: String,
    open: bool,
}

async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Worker, Wish), PageError> {
    let id: WishId = id.parse().or(Err(PageError::NotFound))?;
    let wish = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let place = person::store::place_of(&app.db, wish.person_id).await?.ok_or(PageError::NotFound)?;
    Ok((by.prove(place).await?, wish))
}

async fn shown(app: &App, by: &SignedIn, (worker, wish): (&Worker, &Wish)) -> Result<Page, PageError> {
    let said = commands::read(&app.db, &app.cx, worker, wish.id, app.clock.now()).await.map_err(trouble)?;
    let person = person::store::find(&app.db, wish.person_id).await?.ok_or(PageError::NotFound)?;
    let discretion = Discretion::towards(&app.db, &by.grants().await?).await?;
    Ok(Page {
        frame: by.frame().console_at("/console").titled(format!("{}要求{}", person.name, wish.kind.label())),
        id: wish.id,
        person: format!("/console/people/{}", wish.person_id),
        said: discretion.says(said.expose_secret()),
        answers: Answer::ALL.map(|answer| Choice::new(answer.code(), answer.label())).into(),
        chosen: wish.answer.map_or("", Answer::code).to_owned(),
        open: wish.answer.is_none(),
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (worker, wish) = reached(&app, &by, &path).await?;
    html(&shown(&app, &by, (&worker, &wish)).await?)
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    answer: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let (worker, wish) = reached(&app, &posted.by, &path).await?;
    let answer = Answer::ALL.into_iter().find(|answer| answer.code() == posted.form.answer);
    let Some(answer) = answer else {
        let page = shown(&app, &posted.by, (&worker, &wish)).await?;
        let frame = page.frame.with(Mistakes::one("answer", "请选怎么办的"));
        return mistaken(&Page { frame, ..page });
    };
    match commands::answer(&app.db, &app.cx, &worker, (wish.id, answer), app.clock.now()).await {
        Err(WishError::Held) => {
            let page = shown(&app, &posted.by, (&worker, &wish)).await?;
            let frame = page.frame.with(Mistakes::one("answer", "这位同志的资料已冻结，现在不能删除"));
            return mistaken(&Page { frame, chosen: answer.code().to_owned(), ..page });
        }
        done => done.map_err(trouble)?,
    }
    Ok(see_other_saying("/console/wishes", Said::Kept))
}
