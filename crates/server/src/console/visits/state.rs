//! What the page asks for when there is a network: which cases wait for a visit, who may come along, and a key.

use actix_web::{HttpResponse, web};
use domain::{
    account,
    aid::{Case, Status, standard::standard, store},
    authority::{self, Role, Scope, Worker},
    calendar::local_date,
    person,
};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Serialize;

use crate::{
    app::App,
    console::excused_of,
    page::PageError,
    session::{Posted, Pressed, SignedIn},
};

/// So many cases fit into a bag.
const CASES: u64 = 50;

#[derive(Serialize)]
struct State {
    csrf: String,
    reader: String,
    today: String,
    cases: Vec<Waiting>,
}

/// A case that waits for a visit.
#[derive(Serialize)]
struct Waiting {
    case: String,
    number: String,
    name: String,
    version: i64,
    /// Does the amount follow from what the person paid himself?
    worked: bool,
    others: Vec<(String, String)>,
}

/// Names are said to those who visit, as everywhere at the desk of the place.
pub(in crate::console) async fn state(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, now) = (by.grants().await?, app.clock.now());
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let (mut cases, excused) = (Vec::new(), excused_of(&app, &grants).await?);
    for case in store::case::waiting(&app.db, &scopes, &[Status::Accepted, Status::Visited], CASES).await? {
        if excused.from(&case).is_none() {
            cases.push(waiting(&app, &by, case).await?);
        }
    }
    Ok(HttpResponse::Ok().json(State {
        csrf: by.token.csrf().as_str().to_owned(),
        reader: by.account.id.to_string(),
        today: local_date(now).to_string(),
        cases,
    }))
}

async fn waiting(app: &App, by: &SignedIn, case: Case) -> Result<Waiting, PageError> {
    let mut others = Vec::new();
    for id in authority::store::holders(&app.db, Role::Worker, &case.place(), app.clock.now()).await? {
        if id != by.account.id
            && let Some(other) = account::store::find(&app.db, &id).await?
        {
            others.push((id.to_string(), other.name));
        }
    }
    let rules = store::case::rules_of(&app.db, case.category).await?;
    let today = local_date(app.clock.now());
    let name = person::store::find(&app.db, case.person_id).await?.map(|person| person.name);
    Ok(Waiting {
        case: case.id.to_string(),
        name: name.unwrap_or_default(),
        version: case.version,
        worked: standard(&rules, &case.region, today).is_some_and(|it| it.percent.is_some()),
        number: case.number,
        others,
    })
}

#[derive(Serialize)]
struct Key {
    key: String,
}

/// A key for what lies on the phone. The page keeps it so that no script reads it again; signing out throws it away.
pub(in crate::console) async fn key(posted: Posted<Pressed>) -> Result<HttpResponse, PageError> {
    Worker::somewhere(&posted.by.grants().await?).ok_or(PageError::NotFound)?;
    let mut bytes = [0; 32];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_none| PageError::Unavailable(anyhow::anyhow!("no randomness")))?;
    Ok(HttpResponse::Ok().json(Key { key: hex::encode(bytes) }))
}
