//! The questions. Each answer is saved when it is sent; a killed page loses at most the one being written.

use actix_web::{HttpResponse, http::StatusCode, web};
use askama::Template;
use domain::{
    aid::{
        Category,
        commands::draft as commands,
        draft::{Answer, Answers, Draft, Elsewhere, Pay, Question, Raw, Reach, Since},
    },
    authority::Myself,
    person,
};

use super::words::{heading, mistake, page_error};
use crate::{
    app::App,
    page::{Brand, Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

/// Where each question stands among those that are asked.
const ASKED: [Question; 6] = [
    Question::WhatHappened,
    Question::OwnWords,
    Question::SinceWhen,
    Question::HelpElsewhere,
    Question::HowToReach,
    Question::WhereToPay,
];

#[derive(Template)]
#[template(path = "aid/start.html")]
struct Start {
    frame: Frame,
    resumed: bool,
    next: String,
}

pub(super) async fn start(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (myself, now) = (by.myself().await?, app.clock.now());
    let open = commands::open(&app.db, &myself, now).await.map_err(page_error)?;
    let next = match &open {
        Some(draft) => after(&answers(&app, draft)?),
        None => format!("/aid/apply/{}", Question::WhatHappened.code()),
    };
    html(&Start { frame: by.frame().branded(Brand::Care), resumed: open.is_some(), next })
}

/// The page after these answers: the first open question, or the page on which they are checked.
fn after(answers: &Answers) -> String {
    Question::next(answers)
        .map_or_else(|| "/aid/apply/check".to_owned(), |question| format!("/aid/apply/{}", question.code()))
}

pub(super) fn answers(app: &App, draft: &Draft) -> Result<Answers, PageError> {
    draft.answers(&app.cx.seal).map_err(|error| PageError::Broken(error.into()))
}

struct Choice {
    code: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "aid/question.html")]
struct Page {
    frame: Frame,
    title: &'static str,
    code: &'static str,
    number: usize,
    back: String,
    many: bool,
    choices: Vec<Choice>,
    text: Option<TextField>,
    phone: Option<String>,
    mistake: String,
}

struct TextField {
    label: &'static str,
    value: String,
    long: bool,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (question, myself) = (asked(&path)?, by.myself().await?);
    let draft = commands::begin(&app.db, &app.cx, &myself, app.clock.now()).await.map_err(page_error)?;
    let page = show(
        &app,
        by.frame().branded(Brand::Care),
        question,
        &typed(question, &answers(&app, &draft)?),
        &myself,
    )
    .await?;
    html(&page)
}

fn asked(code: &str) -> Result<Question, PageError> {
    Question::parse(code).filter(|question| ASKED.contains(question)).ok_or(PageError::NotFound)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let (question, myself, now) = (asked(&path)?, posted.by.myself().await?, app.clock.now());
    let all = |name: &str| {
        posted.form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let raw = Raw { choices: all("choice"), text: one("text"), phone: one("phone") };
    let draft = commands::begin(&app.db, &app.cx, &myself, now).await.map_err(page_error)?;
    let answer = match Answer::parse(question, &raw) {
        Ok(answer) => answer,
        Err(error) => {
            let page = show(&app, posted.by.frame().branded(Brand::Care), question, &raw, &myself).await?;
            let body = Page { mistake: mistake(error), ..page }.render();
            let body = body.map_err(|error| PageError::Broken(error.into()))?;
            return Ok(HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY)
                .content_type("text/html; charset=utf-8")
                .body(body));
        }
    };
    let draft =
        commands::answer(&app.db, &app.cx, &myself, (draft.id, answer), now).await.map_err(page_error)?;
    Ok(see_other(&after(&answers(&app, &draft)?)))
}

/// What the form would hold for the answers so far.
fn typed(question: Question, answers: &Answers) -> Raw {
    let mut raw = Raw::default();
    match question {
        Question::WhoFor => {}
        Question::WhatHappened => {
            raw.choices.extend(answers.category.map(|category| category.code().to_owned()));
            raw.text.clone_from(&answers.reason);
        }
        Question::OwnWords => raw.text = answers.words.clone().unwrap_or_default(),
        Question::SinceWhen => raw.choices.extend(answers.since.map(|since| since.code().to_owned())),
        Question::HelpElsewhere => {
            raw.choices = answers.elsewhere.iter().flatten().map(|one| one.code().to_owned()).collect();
        }
        Question::HowToReach => {
            raw.text.clone_from(&answers.visit_when);
            match &answers.reach {
                Some(Reach::OnFile) => raw.choices.push("on_file".to_owned()),
                Some(Reach::Other(phone)) => {
                    raw.choices.push("other".to_owned());
                    raw.phone.clone_from(phone);
                }
                None => {}
            }
        }
        Question::WhereToPay => raw.choices.extend(answers.pay.map(|pay| {
            match pay {
                Pay::OnFile => "on_file",
                Pay::CallMe => "call_me",
            }
            .to_owned()
        })),
    }
    raw
}

async fn show(
    app: &App,
    frame: Frame,
    question: Question,
    raw: &Raw,
    myself: &Myself,
) -> Result<Page, PageError> {
    let at = ASKED.iter().position(|asked| *asked == question).unwrap_or_default();
    let back = match at.checked_sub(1).and_then(|at| ASKED.get(at)) {
        Some(before) => format!("/aid/apply/{}", before.code()),
        None => "/aid/apply".to_owned(),
    };
    let text = |label, long| Some(TextField { label, value: raw.text.clone(), long });
    Ok(Page {
        frame,
        title: heading(question),
        code: question.code(),
        number: at + 1,
        back,
        many: question == Question::HelpElsewhere,
        choices: choices(app, question, raw, myself).await?,
        text: match question {
            Question::WhatHappened => text("选“其他困难”，请写几个字", false),
            Question::OwnWords => text("可以不写，也可以用说的", true),
            Question::HowToReach => text("什么时候上门方便（可以不写）", false),
            _ => None,
        },
        phone: (question == Question::HowToReach).then(|| raw.phone.clone()),
        mistake: String::new(),
    })
}

async fn choices(
    app: &App,
    question: Question,
    raw: &Raw,
    myself: &Myself,
) -> Result<Vec<Choice>, PageError> {
    let choice = |code: &'static str, label: String| Choice {
        code,
        label,
        chosen: raw.choices.iter().any(|chosen| chosen == code),
    };
    Ok(match question {
        Question::WhoFor | Question::OwnWords => Vec::new(),
        Question::WhatHappened => {
            Category::all().map(|category| choice(category.code(), category.label().to_owned())).collect()
        }
        Question::SinceWhen => {
            Since::ALL.into_iter().map(|since| choice(since.code(), since.label().to_owned())).collect()
        }
        Question::HelpElsewhere => {
            Elsewhere::ALL.into_iter().map(|one| choice(one.code(), one.label().to_owned())).collect()
        }
        Question::HowToReach => {
            vec![choice("on_file", "打我登记的电话".to_owned()), choice("other", "打别的电话".to_owned())]
        }
        Question::WhereToPay => {
            let person = person::store::find(&app.db, myself.person()).await?.ok_or(PageError::NotFound)?;
            let mut choices = Vec::new();
            if let Some(tail) = person.payout_tail {
                choices.push(choice("on_file", format!("登记的银行卡，尾号{tail}")));
            }
            choices.push(choice("call_me", "打电话和我商量".to_owned()));
            choices
        }
    })
}
