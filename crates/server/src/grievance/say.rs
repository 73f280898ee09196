//! 反映问题, three screens: about what, in one's own words, with the name or without. What was typed goes from screen to screen in the forms
//! and is kept nowhere before it is sent.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    aid,
    authority::Myself,
    grievance::{Kind, ReceiptCode, WORDS},
    ids::{CaseId, GrievanceId},
};
use serde::Deserialize;

use super::words::kinds;
use crate::{
    app::App,
    page::{Brand, Choice, Frame, Mistakes, PageError, html, mistaken},
    session::{Posted, SignedIn},
};

/// What the three screens know.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) kind: String,
    pub(super) case: String,
    pub(super) said: String,
    /// With the name or without.
    pub(super) name: String,
    /// What makes a second tap harmless: under one's name the id, without it the code.
    pub(super) once: String,
    pub(super) code: String,
}

impl Typed {
    /// About which case, if the way began there.
    pub(super) fn case(&self) -> Option<CaseId> {
        self.case.parse().ok()
    }
}

/// As whom somebody speaks: for the person of the case from which he comes, else for whom the phone is used.
pub(super) async fn whose(app: &App, by: &SignedIn, typed: &Typed) -> Result<Myself, PageError> {
    let Some(case) = typed.case() else { return by.acts(Matter::Aid).await };
    let person = aid::store::case::find(&app.db, case).await?.ok_or(PageError::NotFound)?.person_id;
    let now = app.clock.now();
    match Myself::of(&app.db, &by.account.id, now).await? {
        Some(own) if own.person() == person => Ok(own),
        _ => Myself::acting_for(&app.db, &by.account.id, (person, Matter::Aid), now)
            .await?
            .ok_or(PageError::NotFound),
    }
}

#[derive(Template)]
#[template(path = "grievance/kind.html")]
struct KindPage {
    frame: Frame,
    kinds: Vec<Choice>,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "grievance/words.html")]
struct WordsPage {
    frame: Frame,
    longest: usize,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "grievance/check.html")]
struct CheckPage {
    frame: Frame,
    about: &'static str,
    names: Vec<Choice>,
    typed: Typed,
}

fn frame(by: &SignedIn, title: &str) -> Frame {
    by.frame().branded(Brand::Care).titled(title)
}

fn kind_page(by: &SignedIn, typed: Typed) -> KindPage {
    KindPage { frame: frame(by, "您想反映什么？"), kinds: kinds(), typed }
}

fn words_page(by: &SignedIn, typed: Typed) -> WordsPage {
    WordsPage { frame: frame(by, "请说说经过"), longest: WORDS, typed }
}

pub(super) async fn kind(
    app: web::Data<App>,
    typed: web::Query<Typed>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let typed = typed.into_inner();
    whose(&app, &by, &typed).await?;
    html(&kind_page(&by, typed))
}

pub(super) async fn words(
    app: web::Data<App>,
    typed: web::Query<Typed>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    wording(&app, &by, typed.into_inner()).await
}

/// Back from the last screen.
pub(super) async fn rewrite(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    wording(&app, &posted.by, posted.form).await
}

async fn wording(app: &App, by: &SignedIn, typed: Typed) -> Result<HttpResponse, PageError> {
    whose(app, by, &typed).await?;
    if Kind::parse(&typed.kind).is_none() {
        let page = kind_page(by, typed);
        return mistaken(&KindPage { frame: page.frame.with(Mistakes::one("kind", "请选一个")), ..page });
    }
    html(&words_page(by, typed))
}

pub(super) async fn check(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    whose(&app, &by, &typed).await?;
    checking(&app, &by, typed, Mistakes::new())
}

/// The last screen, or the one before it when there is nothing to send.
pub(super) fn checking(
    app: &App,
    by: &SignedIn,
    typed: Typed,
    mistakes: Mistakes,
) -> Result<HttpResponse, PageError> {
    let Some(kind) = Kind::parse(&typed.kind) else {
        let page = kind_page(by, typed);
        return mistaken(&KindPage { frame: page.frame.with(Mistakes::one("kind", "请选一个")), ..page });
    };
    let length = typed.said.trim().chars().count();
    if length == 0 || length > WORDS {
        let words =
            if length == 0 { "请写几句话".to_owned() } else { format!("最多写{WORDS}个字") };
        let page = words_page(by, typed);
        return mistaken(&WordsPage { frame: page.frame.with(Mistakes::one("said", words)), ..page });
    }
    let once = if typed.once.is_empty() {
        GrievanceId::new(app.clock.now()).to_string()
    } else {
        typed.once.clone()
    };
    let code = match ReceiptCode::parse(&typed.code) {
        Some(code) => code,
        None => ReceiptCode::fresh().map_err(|error| PageError::Broken(error.into()))?,
    };
    let wrong = !mistakes.is_empty();
    let page = CheckPage {
        frame: frame(by, "要不要写上您的名字？").with(mistakes),
        about: kind.label(),
        names: vec![
            Choice::new("with", "写上名字").noted("有了答复，会告诉您"),
            Choice::new("without", "不写名字").noted("给您一个回执码，凭它看答复"),
        ],
        typed: Typed { once, code: code.shown(), ..typed },
    };
    if wrong { mistaken(&page) } else { html(&page) }
}
