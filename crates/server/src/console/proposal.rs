//! What one writes down and another decides: what the pages of standards, limits and settings share.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    aid::ProposalState,
    authority::{Role, Worker},
    ids::{AccountId, RegionCode},
};
use serde::Deserialize;

use crate::{
    app::App,
    authority::words::called,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

/// Where whoever reads writes down something: the widest of his places.
pub(super) async fn place(by: &SignedIn) -> Result<(RegionCode, Worker), PageError> {
    let grants = by.grants().await?;
    let widest = grants.regions(Role::Worker).min_by_key(|code| (code.as_str().len(), code.as_str()));
    let region = widest.cloned().ok_or(PageError::NotFound)?;
    let worker = Worker::among(&grants, region.clone()).ok_or(PageError::NotFound)?;
    Ok((region, worker))
}

/// How far it is, and in whose hands.
#[derive(Clone, Copy)]
pub(super) struct Hands<'a> {
    pub(super) state: ProposalState,
    pub(super) first: Option<&'a AccountId>,
    pub(super) second: Option<&'a AccountId>,
}

#[derive(Template)]
#[template(path = "console/proposal.html")]
struct Shown {
    frame: Frame,
    back: (&'static str, &'static str),
    at: String,
    rows: Vec<Answer>,
    decides: bool,
    mine: bool,
}

/// What the page is about: its title, where it belongs with that place's name, and its address.
pub(super) struct About {
    pub(super) title: &'static str,
    pub(super) back: (&'static str, &'static str),
    pub(super) at: String,
}

/// The page of one: what it says, and the two buttons of the second person.
pub(super) async fn shown(
    (app, by): (&App, &SignedIn),
    about: About,
    mut rows: Vec<Answer>,
    it: Hands<'_>,
) -> Result<HttpResponse, PageError> {
    rows.push(Answer::new("状态", it.state.label()));
    for (what, who) in [("谁写的", it.first), ("谁审核的", it.second)] {
        if let Some(who) = who {
            rows.push(Answer::new(what, called(app, who).await?));
        }
    }
    let (waits, mine) = (it.state == ProposalState::Proposed, it.first == Some(&by.account.id));
    html(&Shown {
        frame: by.frame().console_at(about.back.0).titled(about.title),
        back: about.back,
        at: about.at,
        rows,
        decides: waits && !mine,
        mine: waits && mine,
    })
}

/// Which button.
#[derive(Debug, Deserialize)]
pub(super) struct Pressed {
    act: String,
}

impl Pressed {
    /// Does the second person agree?
    pub(super) fn agrees(&self) -> Result<bool, PageError> {
        match self.act.as_str() {
            "agree" => Ok(true),
            "refuse" => Ok(false),
            _ => Err(PageError::NotFound),
        }
    }
}
