//! A request that a worker writes down where there is no network: the printed forms that he takes along, and what he wrote under their numbers.

use std::collections::{BTreeMap, btree_map::Entry};

use actix_web::{HttpResponse, web};
use domain::{
    aid::{
        AidError, Channel, Refusal,
        category::Offer,
        commands::enter::{NewEntry, blanks, enter as commit},
        draft::Question,
        form::{parse_number, spoken},
        store,
    },
    authority::{Place, Worker},
    calendar::local_date,
    person,
};
use notify::words::refusal;
use serde::Serialize;

use super::{
    super::{
        form::{choices, tell},
        words::page_error,
    },
    asked::Typed,
    blank::found,
};
use crate::{
    app::App,
    page::{Choice, Mistakes, PageError},
    session::{Posted, SignedIn},
};

#[derive(Serialize)]
struct State {
    csrf: String,
    reader: String,
    today: String,
    forms: Vec<Blank>,
}

/// A printed form that nobody has entered.
#[derive(Serialize)]
struct Blank {
    number: String,
    spoken: String,
    name: String,
    asked: Asked,
}

/// What may be chosen, as code and words.
#[derive(Serialize)]
struct Asked {
    channel: Vec<(String, String)>,
    what: Vec<(String, String)>,
    since: Vec<(String, String)>,
    elsewhere: Vec<(String, String)>,
    reach: Vec<(String, String)>,
    pay: Vec<(String, String)>,
    /// What the field for a reason says, and with which choices it is needed.
    tell: String,
    told: Vec<String>,
}

/// Which forms he may take along: those that he has printed himself, for one person each.
pub(in crate::aid) async fn bag(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, now) = (by.grants().await?, app.clock.now());
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let covers = |place: Place| Worker::among(&grants, place).is_some();
    let (mut forms, mut offers, today) = (Vec::new(), BTreeMap::new(), local_date(now));
    for (form, person) in blanks(&app.db, covers, &by.account.id, now).await? {
        let offered = match offers.entry(form.region) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let offered = store::category::offers(&app.db, place.key(), today).await?;
                place.insert(offered)
            }
        };
        forms.push(Blank {
            spoken: spoken(&form.number),
            number: form.number,
            asked: asked(&person, offered),
            name: person.name,
        });
    }
    Ok(HttpResponse::Ok().json(State {
        csrf: by.token.csrf().as_str().to_owned(),
        reader: by.account.id.to_string(),
        today: today.to_string(),
        forms,
    }))
}

fn asked(person: &person::Person, offered: &[Offer]) -> Asked {
    let of = |question| {
        let all = choices(question, offered, person.payout_tail.as_deref(), person.phone.is_some());
        all.into_iter().map(worded).collect()
    };
    Asked {
        channel: Channel::entered().map(|one| (one.code().to_owned(), one.label().to_owned())).collect(),
        what: of(Question::WhatHappened),
        since: of(Question::SinceWhen),
        elsewhere: of(Question::HelpElsewhere),
        reach: of(Question::HowToReach),
        pay: of(Question::WhereToPay),
        tell: tell(offered),
        told: offered.iter().filter(|one| one.reason_needed).map(|one| one.category.to_string()).collect(),
    }
}

fn worded(choice: Choice) -> (String, String) {
    let words =
        if choice.note.is_empty() { choice.name } else { format!("{}（{}）", choice.name, choice.note) };
    (choice.code, words)
}

/// What the page is told. How it went stands in the answer: an answer that says that it failed would be turned into a page.
#[derive(Serialize)]
struct Answer {
    state: &'static str,
    words: String,
    /// What is to be changed, as the form calls it; empty when it is nothing of the form.
    field: String,
    /// The case that it has become.
    case: String,
}

fn refused(field: impl Into<String>, words: impl Into<String>) -> HttpResponse {
    let answer = Answer { state: "refused", words: words.into(), field: field.into(), case: String::new() };
    HttpResponse::Ok().json(answer)
}

/// The same request again is the same case.
pub(in crate::aid) async fn send(
    app: web::Data<App>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let typed = Typed::of(posted.form);
    let id = typed.once.parse().or(Err(PageError::Stale))?;
    let number = parse_number(&typed.form).ok_or(PageError::NotFound)?;
    let form = found(&app, &posted.by, &number).await?;
    let person = form.person_id.ok_or(PageError::NotFound)?;
    let place = person::store::place_of(&app.db, person).await?.ok_or(PageError::NotFound)?;
    let (mut mistakes, now) = (Mistakes::new(), app.clock.now());
    let offered = store::category::offers(&app.db, &place.region, local_date(now)).await?;
    let worker = Worker::among(&grants, place).ok_or(PageError::NotFound)?;
    let Some((channel, received_on, answers)) = typed.whole(&offered, &mut mistakes) else {
        let first = mistakes.all().first();
        return Ok(
            first.map_or_else(|| refused("", ""), |one| refused(one.field.as_ref(), one.words.as_str()))
        );
    };
    let new = NewEntry { id, person, channel, received_on, answers, form: Some(number) };
    match commit(&app.db, &app.cx, &worker, new, now).await {
        Ok(case) => Ok(HttpResponse::Ok().json(Answer {
            state: "kept",
            words: format!("已经登记，编号{}。", case.number),
            field: String::new(),
            case: case.id.to_string(),
        })),
        Err(AidError::Refused(no)) if no != Refusal::Stale => {
            let field = match no {
                Refusal::ReceivedDate => "received",
                // Of the form itself nothing can be changed here.
                Refusal::NoSuchForm | Refusal::FormUsed => "",
                _ => "what",
            };
            Ok(refused(field, refusal::aid(&no)))
        }
        Err(error) => Err(page_error(error)),
    }
}
