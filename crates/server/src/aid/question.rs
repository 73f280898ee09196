//! One question a page. Each answer is saved when it is sent; a killed page loses at most the one being written.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        category::Offer,
        commands::draft as commands,
        draft::{Answer, Answers, Draft, Question, Raw, WORDS},
        store,
    },
    calendar::local_date,
    person,
};
use serde::Deserialize;

use super::{
    form::{self, ASKED, before, typed},
    whose::Whose,
    words::{heading, hint, mistake, page_error},
};
use crate::{
    app::App,
    page::{Brand, Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// The word in the address of a page that was opened from the check page.
pub(super) const CHECKING: &str = "check";

/// How somebody came to a page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    whose: String,
    #[serde(default)]
    from: String,
}

#[derive(Template)]
#[template(path = "aid/question.html")]
struct Page {
    frame: Frame,
    question: Question,
    whose: Whose,
    from: String,
    number: usize,
    of: usize,
    back: String,
    hint: &'static str,
    choices: Vec<Choice>,
    tell: String,
    raw: Raw,
    longest: usize,
}

impl Page {
    fn chosen(&self) -> &str {
        self.raw.choices.first().map_or("", String::as_str)
    }
}

/// The page after these answers: the first open question, or the page on which they are checked.
pub(super) fn after(answers: &Answers) -> String {
    Question::next(answers)
        .map_or_else(|| "/aid/apply/check".to_owned(), |question| format!("/aid/apply/{}", question.code()))
}

pub(super) fn answers(app: &App, draft: &Draft) -> Result<Answers, PageError> {
    draft.answers(&app.cx.seal).map_err(|error| PageError::Broken(error.into()))
}

fn asked(code: &str) -> Result<Question, PageError> {
    Question::parse(code).filter(|question| ASKED.contains(question)).ok_or(PageError::NotFound)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    way: web::Query<Way>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (question, way) = (asked(&path)?, way.into_inner());
    let whose = Whose::of(&app, &by, &way.whose).await?;
    let draft = commands::open(&app.db, &whose.myself, app.clock.now()).await.map_err(page_error)?;
    let raw = match draft {
        Some(draft) => typed(question, &answers(&app, &draft)?),
        None => Raw::default(),
    };
    let offered = offered(&app, &whose, question).await?;
    let mut frame = by.frame();
    let gone = |code: &String| offered.iter().all(|offer| offer.category.code() != code);
    if question == Question::WhatHappened && raw.choices.iter().any(gone) {
        frame = frame.with(Mistakes::one("choice", "上次选的现在不能申请了，请再选一次"));
    }
    html(&show(&app, frame, question, (whose, way.from), (raw, offered)).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let (question, now) = (asked(&path)?, app.clock.now());
    let all = |name: &str| -> Vec<String> {
        posted.form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    };
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let whose = Whose::of(&app, &posted.by, &one("whose")).await?;
    let raw = Raw { choices: all("choice"), text: one("text"), phone: one("phone") };
    let offered = offered(&app, &whose, question).await?;
    let answer = match Answer::parse(question, &raw, &offered) {
        Ok(answer) => answer,
        Err(error) => {
            let (field, words) = mistake(error);
            let frame = posted.by.frame().with(Mistakes::one(field, words));
            return mistaken(&show(&app, frame, question, (whose, one("from")), (raw, offered)).await?);
        }
    };
    let draft = commands::begin(&app.db, &app.cx, &whose.myself, now).await.map_err(page_error)?;
    let saved = commands::answer(&app.db, &app.cx, &whose.myself, (draft.id, answer), now).await;
    let draft = saved.map_err(page_error)?;
    Ok(see_other(&whose.address(&next(question, &answers(&app, &draft)?, &one("from")))))
}

/// Who came to change one answer goes back to check; who came the long way goes on to the next page, answered before or not.
fn next(question: Question, answers: &Answers, from: &str) -> String {
    let at = ASKED.iter().position(|asked| *asked == question);
    match at.and_then(|at| ASKED.get(at + 1)) {
        Some(next) if from != CHECKING => format!("/aid/apply/{}", next.code()),
        _ => after(answers),
    }
}

/// What may be asked for where the person belongs today, as far as the question is about that.
async fn offered(app: &App, whose: &Whose, question: Question) -> Result<Vec<Offer>, PageError> {
    if question != Question::WhatHappened {
        return Ok(Vec::new());
    }
    let place = person::store::place_of(&app.db, whose.myself.person()).await?.ok_or(PageError::NotFound)?;
    Ok(store::category::offers(&app.db, &place.region, local_date(app.clock.now())).await?)
}

async fn show(
    app: &App,
    frame: Frame,
    question: Question,
    (whose, from): (Whose, String),
    (raw, offered): (Raw, Vec<Offer>),
) -> Result<Page, PageError> {
    let person = person::store::find(&app.db, whose.myself.person()).await?.ok_or(PageError::NotFound)?;
    let back = match before(question) {
        _ if from == CHECKING => "/aid/apply/check".to_owned(),
        Some(before) => format!("/aid/apply/{}", before.code()),
        None => "/aid/apply".to_owned(),
    };
    Ok(Page {
        frame: frame.branded(Brand::Care).titled(heading(question, whose.name.is_some())),
        number: ASKED.iter().position(|asked| *asked == question).unwrap_or_default() + 1,
        of: ASKED.len(),
        back: whose.address(&back),
        hint: hint(question),
        choices: form::choices(question, &offered, person.payout_tail.as_deref(), person.phone.is_some()),
        tell: form::tell(&offered),
        longest: WORDS,
        question,
        whose,
        from,
        raw,
    })
}
