//! Writing down what somebody said on the telephone or at the counter: what the pages of objections and appeals share.

use actix_web::HttpResponse;
use askama::Template;
use domain::aid::Case;
use serde::Deserialize;

use crate::{
    page::{Frame, Mistakes, PageError, html, mistaken},
    session::SignedIn,
};

/// What is written down, and how its page speaks.
pub(super) struct Kind {
    pub(super) title: &'static str,
    /// The last part of the page's address.
    pub(super) code: &'static str,
    /// What comes of it.
    pub(super) about: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    /// How many characters.
    pub(super) longest: usize,
}

#[derive(Template)]
#[template(path = "console/saying.html")]
struct Form<'a> {
    frame: Frame,
    case: &'a Case,
    kind: &'a Kind,
    once: String,
    said: &'a str,
}

/// The id makes a form that is sent twice one word.
#[derive(Deserialize)]
pub(super) struct Sent {
    pub(super) once: String,
    pub(super) said: String,
}

/// An empty form.
pub(super) fn blank(
    by: &SignedIn,
    kind: &Kind,
    case: &Case,
    once: String,
) -> Result<HttpResponse, PageError> {
    html(&form((by, Mistakes::new()), (kind, case), (once, "")))
}

/// The form once more: there was nothing in it, or too much.
pub(super) fn again(by: &SignedIn, kind: &Kind, case: &Case, sent: &Sent) -> Result<HttpResponse, PageError> {
    let mistakes = Mistakes::one("said", format!("请写几句话，最多{}个字", kind.longest));
    mistaken(&form((by, mistakes), (kind, case), (sent.once.clone(), &sent.said)))
}

fn form<'a>(
    (by, mistakes): (&SignedIn, Mistakes),
    (kind, case): (&'a Kind, &'a Case),
    (once, said): (String, &'a str),
) -> Form<'a> {
    let frame = by.frame().console().titled(kind.title).with(mistakes);
    Form { frame, case, kind, once, said }
}
