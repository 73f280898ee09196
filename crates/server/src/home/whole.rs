//! One's own numbers in full, for whoever has just signed in again: a phone that lies about shows the masks only.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use domain::{
    calendar::say,
    person::{
        SealedColumn,
        reveal::{RevealError, reveal_own},
    },
};
use secrecy::ExposeSecret;

use crate::{
    app::App,
    page::{Answer, Frame, PageError, html, see_other},
    session::{Posted, Pressed},
};

/// Signing in again is one silent step inside the platform, and its lock screen guards it.
const FRESH: TimeDelta = TimeDelta::minutes(10);

#[derive(Template)]
#[template(path = "home/whole.html")]
struct Page {
    frame: Frame,
    facts: Vec<Answer>,
}

/// As people read numbers out: an identity number by region, birth and rest, an account by fours.
fn grouped(number: &str, sizes: &[usize]) -> String {
    let mut characters = number.chars();
    let groups = sizes.iter().map(|size| characters.by_ref().take(*size).collect::<String>());
    groups.filter(|group| !group.is_empty()).collect::<Vec<_>>().join(" ")
}

pub(super) async fn page(app: web::Data<App>, posted: Posted<Pressed>) -> Result<HttpResponse, PageError> {
    let (by, now) = (posted.by, app.clock.now());
    let me = by.myself().await?;
    if now - by.session().opened_at > FRESH {
        return Ok(see_other("/enter?to=/me"));
    }
    let mut facts = Vec::new();
    for (column, name) in [
        (SealedColumn::Phone, "电话"),
        (SealedColumn::Identity, "身份证号"),
        (SealedColumn::Payout, "银行卡号"),
    ] {
        let shown = match reveal_own(&app.db, &app.cx, &me, column, now).await {
            Ok(number) if column == SealedColumn::Phone => say::telephone(number.expose_secret()),
            Ok(number) if column == SealedColumn::Identity => grouped(number.expose_secret(), &[6, 8, 4]),
            Ok(number) => grouped(number.expose_secret(), &[4; 8]),
            Err(RevealError::NotFound) => "没有登记".to_owned(),
            Err(RevealError::CannotOpen(error)) => return Err(PageError::Broken(error.into())),
            Err(RevealError::Db(error)) => return Err(error.into()),
        };
        facts.push(Answer::new(name, shown));
    }
    html(&Page { frame: by.frame().titled("我的号码"), facts })
}
