//! A worker enters a request for somebody: the same questions, all on one page, and the day on which the office received it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Channel, Refusal,
        category::Offer,
        commands::enter::{NewEntry, enter as commit},
        draft::{Question, WORDS},
        form::{parse_number, spoken},
        store,
    },
    calendar::local_date,
    ids::DraftId,
    person,
};
use notify::words::refusal;
use serde::Deserialize;

use super::{
    super::{form, words::page_error},
    asked::Typed,
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    person::{Reached, reached},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/desk/entry.html")]
struct Page {
    frame: Frame,
    at: String,
    back: String,
    typed: Typed,
    channels: Vec<Choice>,
    what: Vec<Choice>,
    tell: String,
    since: Vec<Choice>,
    elsewhere: Vec<Choice>,
    reach: Vec<Choice>,
    pay: Vec<Choice>,
    longest: usize,
}

/// What may be asked for where the person belongs today.
async fn offered(app: &App, it: &Reached) -> Result<Vec<Offer>, PageError> {
    let place = person::store::place_of(&app.db, it.person.id).await?.ok_or(PageError::NotFound)?;
    Ok(store::category::offers(&app.db, &place.region, local_date(app.clock.now())).await?)
}

fn shown(by: &SignedIn, it: &Reached, (offered, typed): (&[Offer], Typed), mistakes: Mistakes) -> Page {
    let person = &it.person;
    let choices =
        |question| form::choices(question, offered, person.payout_tail.as_deref(), person.phone.is_some());
    let back = format!("/console/people/{}", person.id);
    Page {
        frame: by
            .frame()
            .console_at("/console/people")
            .titled(format!("替{}登记帮扶申请", person.name))
            .with(mistakes),
        at: format!("{back}/aid"),
        back,
        typed,
        channels: Channel::entered().map(|channel| Choice::new(channel.code(), channel.label())).collect(),
        what: choices(Question::WhatHappened),
        tell: form::tell(offered),
        since: choices(Question::SinceWhen),
        elsewhere: choices(Question::HelpElsewhere),
        reach: choices(Question::HowToReach),
        pay: choices(Question::WhereToPay),
        longest: WORDS,
    }
}

/// With which printed form somebody came.
#[derive(Default, Deserialize)]
pub(in crate::aid) struct Way {
    #[serde(default)]
    form: String,
}

pub(in crate::aid) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    way: web::Query<Way>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = reached(&app, &by, &path).await?;
    let now = app.clock.now();
    let number = parse_number(&way.form);
    let typed = Typed {
        once: DraftId::new(now).to_string(),
        received: local_date(now).to_string(),
        channel: if number.is_some() { Channel::Paper } else { Channel::Counter }.code().to_owned(),
        form: number.as_deref().map(spoken).unwrap_or_default(),
        ..Typed::default()
    };
    html(&shown(&by, &it, (&offered(&app, &it).await?, typed), Mistakes::new()))
}

pub(in crate::aid) async fn enter(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let it = reached(&app, &posted.by, &path).await?;
    let typed = Typed::of(posted.form);
    let id = typed.once.parse().or(Err(PageError::Stale))?;
    let mut mistakes = Mistakes::new();
    let form = match typed.form.trim() {
        "" => None,
        number => mistakes.need("form", parse_number(number).ok_or("编号不对，请再看一遍表上的9个数字")),
    };
    let offered = offered(&app, &it).await?;
    let whole = typed.whole(&offered, &mut mistakes).filter(|_| mistakes.is_empty());
    let Some((channel, received_on, answers)) = whole else {
        return mistaken(&shown(&posted.by, &it, (&offered, typed), mistakes));
    };
    let new = NewEntry { id, person: it.person.id, channel, received_on, answers, form };
    match commit(&app.db, &app.cx, &it.worker, new, app.clock.now()).await {
        Ok(case) => Ok(see_other(&format!("/console/aid/{}", case.id))),
        Err(AidError::Refused(no)) if no != Refusal::Stale => {
            let field = match no {
                Refusal::ReceivedDate => "received",
                Refusal::NoSuchForm | Refusal::FormUsed => "form",
                _ => "what",
            };
            let mistakes = Mistakes::one(field, refusal::aid(&no));
            mistaken(&shown(&posted.by, &it, (&offered, typed), mistakes))
        }
        Err(error) => Err(page_error(error)),
    }
}
