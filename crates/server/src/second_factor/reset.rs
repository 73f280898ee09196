//! 重置 for whoever has lost the telephone: one security administrator asks, another one agrees.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::{self, Account},
    authority::SecurityAdmin,
    calendar::{local_date, say as dates},
    ids::AccountId,
    second_factor::{
        SecondFactor, SecondFactorError, SecondFactorRefusal,
        reset::{agree, ask, is_reached, refuse},
        store,
    },
};
use notify::words::second_factor as say;
use serde::Deserialize;

use super::words::page_error;
use crate::{
    app::App,
    authority::words::{called, login_at},
    page::{Answer, Frame, Mistakes, PageError, Said, Tag, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "second_factor/reset.html")]
struct Page {
    frame: Frame,
    login: String,
    tag: Tag,
    rows: Vec<Answer>,
    typed: Typed,
    /// Nobody has asked for it yet, and the reader may.
    asks: bool,
    /// Somebody has, and the reader is the second person.
    agrees: bool,
    /// Somebody has, and it was the reader.
    waits: bool,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    why: String,
}

/// A login of which the administrator reaches all that it holds; others do not exist.
async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Account, SecurityAdmin), PageError> {
    let admin = SecurityAdmin::somewhere(&by.grants().await?).ok_or(PageError::NotFound)?;
    let id = AccountId::parse(id).ok_or(PageError::NotFound)?;
    let login = account::store::find(&app.db, &id).await?.ok_or(PageError::NotFound)?;
    let reached = is_reached(&app.db, &admin, &id, app.clock.now()).await?;
    if reached { Ok((login, admin)) } else { Err(PageError::NotFound) }
}

async fn show(app: &App, by: &SignedIn, login: &Account, typed: Typed) -> Result<Page, PageError> {
    let (now, mine) = (app.clock.now(), login.id == by.account.id);
    let found = store::find(&app.db, &login.id).await?.filter(SecondFactor::is_bound);
    let mut rows = Vec::new();
    let tag = match &found {
        None => Tag::quiet("没有绑定"),
        Some(row) if row.locked(now).is_some() => Tag::attention("输错太多，锁定"),
        Some(_) => Tag::good("已绑定"),
    };
    let asked = found.as_ref().and_then(|row| row.reset_by.as_ref());
    if let Some(row) = &found {
        let day = |at| dates::full_date(local_date(at));
        rows.extend(row.confirmed_at.map(|at| Answer::new("绑定日期", day(at))));
        rows.extend(row.locked(now).map(|until| Answer::new("锁定到", say::until(until))));
        if let Some(by) = asked {
            rows.push(Answer::new("谁申请重置", called(app, by).await?));
            rows.extend(row.reset_at.map(|at| Answer::new("申请日期", day(at))));
            rows.extend(row.reset_why.clone().map(|why| Answer::new("原因", why)));
        }
    }
    Ok(Page {
        frame: by.frame().console_at("/console/grants").titled(format!("{}的动态口令", login.name)),
        login: login_at(&login.id),
        tag,
        rows,
        typed,
        asks: found.is_some() && asked.is_none() && !mine,
        agrees: asked.is_some_and(|asked| *asked != by.account.id) && !mine,
        waits: asked == Some(&by.account.id),
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (login, _) = reached(&app, &by, &path).await?;
    html(&show(&app, &by, &login, Typed::default()).await?)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (login, admin) = reached(&app, &by, &path).await?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), &login.id);
    let done = match typed.act.as_str() {
        "ask" => ask(db, cx, &admin, (id, &typed.why), now).await,
        "agree" => agree(db, cx, &admin, id, now).await,
        "refuse" => refuse(db, cx, &admin, id, now).await,
        _ => return Err(PageError::NotFound),
    };
    let at = format!("{}/second-factor", login_at(id));
    match done {
        Ok(()) => Ok(see_other_saying(&at, Said::Kept)),
        Err(SecondFactorError::Refused(refusal @ SecondFactorRefusal::NoReason)) => {
            let page = show(&app, &by, &login, typed).await?;
            let mistakes = Mistakes::one("why", say::refusal(refusal));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        // A second tap.
        Err(SecondFactorError::Refused(
            SecondFactorRefusal::Asked | SecondFactorRefusal::NotAsked | SecondFactorRefusal::NotBound,
        )) => Ok(see_other_saying(&at, Said::Already)),
        Err(error) => Err(page_error(error)),
    }
}
