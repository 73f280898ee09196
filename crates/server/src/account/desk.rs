//! Mandates at the desk: what is asked among the reader's people, and the answer that the reader has heard with a proof.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::{
        self,
        commands::{LinkError, LinkRefusal},
        mandate::{MandateAsk, asks, commands},
    },
    authority::{Role, Scope, Worker},
    calendar::{local_date, say},
    evidence,
    ids::MandateAskId,
    person,
};
use serde::Deserialize;

use super::mandates::trouble;
use crate::{
    app::App,
    page::{Answer, Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of the list.
const MOST: u64 = 50;

/// How the person's word was heard.
pub(crate) const PROOFS: [(&str, &str); 6] = [
    ("identity_seen", "当面看过身份证"),
    ("mandate_signed", "有本人签字的委托书"),
    ("witnessed", "两位同志在场见证"),
    ("photo", "本人和委托书的合影"),
    ("voice", "本人说同意的录音"),
    ("called", "打登记的电话，本人同意"),
];

#[derive(Template)]
#[template(path = "account/desk.html")]
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
    for ask in asks::waiting(&app.db, &scopes, MOST, now).await? {
        let person = person::store::find(&app.db, ask.person_id).await?.map(|person| person.name);
        let since = say::date(local_date(ask.asked_at), local_date(now));
        let who = format!("{}想替他办", name(&app, &ask).await?);
        lines.push((
            format!("/console/mandates/{}", ask.id),
            person.unwrap_or_default(),
            format!("{who}，{since}"),
        ));
    }
    html(&List { frame: by.frame().console_at("/console").titled("代办申请"), lines })
}

async fn name(app: &App, ask: &MandateAsk) -> Result<String, PageError> {
    let found = account::store::find(&app.db, &ask.account_id).await?;
    Ok(found.map_or_else(|| ask.account_id.to_string(), |account| account.name))
}

#[derive(Template)]
#[template(path = "account/decide.html")]
struct Page {
    frame: Frame,
    id: MandateAskId,
    facts: Vec<Answer>,
    proofs: Vec<Choice>,
    papers: usize,
}

async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Page, Worker, MandateAsk), PageError> {
    let id: MandateAskId = id.parse().or(Err(PageError::NotFound))?;
    let ask = asks::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let place = person::store::place_of(&app.db, ask.person_id).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = by.prove(place).await?;
    let person = person::store::find(&app.db, ask.person_id).await?.ok_or(PageError::NotFound)?;
    let page = Page {
        frame: by.frame().console_at("/console").titled(format!("替{}办事的申请", person.name)),
        id,
        facts: vec![
            Answer::new("谁想替他办", format!("{}（{}）", name(app, &ask).await?, ask.account_id)),
            Answer::new("办什么", ask.matters.say()),
            Answer::new("到", say::full_date(local_date(ask.until))),
        ],
        proofs: PROOFS.map(|(code, words)| Choice::new(code, words)).into(),
        papers: evidence::store::of_ask(&app.db, id).await?.len(),
    };
    Ok((page, worker, ask))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&reached(&app, &by, &path).await?.0)
}

#[derive(Deserialize)]
pub(super) struct Heard {
    #[serde(default)]
    proof: String,
    #[serde(default)]
    answer: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Heard>,
) -> Result<HttpResponse, PageError> {
    let (page, worker, ask) = reached(&app, &posted.by, &path).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let done = if posted.form.answer == "no" {
        commands::refuse_by_worker(db, cx, &worker, ask.id, now).await
    } else {
        let proof = PROOFS.into_iter().find(|(code, _)| *code == posted.form.proof);
        let Some((proof, _)) = proof else {
            let mistakes = Mistakes::one("proof", "请选怎么知道本人同意的");
            return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
        };
        let how = (ask.id, proof, app.config.mandates.longest());
        commands::accept_by_worker(db, cx, &worker, how, now).await.map(drop)
    };
    done.map_err(|error| match error {
        // Somebody was faster: the person, or a colleague.
        LinkError::Refused(LinkRefusal::Exists | LinkRefusal::Answered) => PageError::Stale,
        other => trouble(other),
    })?;
    Ok(see_other_saying("/console/mandates", Said::Kept))
}
