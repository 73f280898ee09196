//! A new grant: to whom, what, where, from when to when, why.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    authority::{
        GrantRefusal, Role, SecurityAdmin,
        commands::{GrantError, NewGrant, grant},
    },
    calendar::local_date,
};
use notify::words::authority as say;
use serde::Deserialize;

use super::words::{admin, begins, ends, which, who};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "authority/new.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    roles: Vec<Choice>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    who: String,
    role: String,
    place: String,
    from: String,
    until: String,
    reason: String,
}

async fn page(by: &SignedIn, typed: Typed) -> Result<(Page, SecurityAdmin), PageError> {
    let admin = admin(by).await?;
    let role = |role: Role| {
        let choice = Choice::new(role.code(), role.label());
        if role == Role::AuditAdmin {
            choice.noted("要另一位安全管理员确认；除了某位省级老领导的编号，不写结束日期")
        } else if role.is_admin() {
            choice.noted("要另一位安全管理员确认，不写结束日期")
        } else {
            choice
        }
    };
    let frame = by.frame().console_at("/console/grants").titled("授权给一位同志");
    Ok((Page { frame, typed, roles: Role::all().map(role).collect() }, admin))
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let from = local_date(app.clock.now()).to_string();
    html(&page(&by, Typed { from, ..Typed::default() }).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, admin) = page(&by, typed.clone()).await?;
    let now = app.clock.now();
    let mut mistakes = Mistakes::new();
    let account = mistakes.need("who", who(&app, &typed.who).await?);
    let role = mistakes.need("role", Role::parse(&typed.role).ok_or("请选角色"));
    let scope = mistakes.need("place", which(&app, &admin, &typed.place).await?);
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let until = match typed.until.trim() {
        "" => Some(None),
        day => mistakes.need("until", day.parse::<NaiveDate>().map(Some).or(Err("日期不对，请再看一遍"))),
    };
    if typed.reason.trim().is_empty() {
        mistakes.add("reason", "请写原因，比如分工文件");
    }
    let (true, Some(account), Some(role), Some(scope), Some(from), Some(until)) =
        (mistakes.is_empty(), account, role, scope, from, until)
    else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let new = NewGrant {
        account: account.id,
        role,
        scope,
        from: begins(from, now),
        to: until.map(ends),
        reason: Some(typed.reason.clone()),
    };
    match grant(&app.db, &app.cx, &admin, new, now).await {
        Ok(made) => Ok(see_other(&format!("/console/grants/{}", made.id))),
        Err(GrantError::Refused(refusal)) => {
            let mistakes = Mistakes::one(field(refusal), say::grant(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(GrantError::NotFound) => Err(PageError::NotFound),
        Err(GrantError::Db(error)) => Err(error.into()),
    }
}

/// Beside which field a refusal stands.
const fn field(refusal: GrantRefusal) -> &'static str {
    match refusal {
        GrantRefusal::OwnAccount | GrantRefusal::AccountLeft | GrantRefusal::SamePerson => "who",
        GrantRefusal::Excludes(_) | GrantRefusal::Exists | GrantRefusal::NotWaiting => "role",
        GrantRefusal::OutOfReach => "place",
        GrantRefusal::Period | GrantRefusal::AdminWithEnd | GrantRefusal::NeedToKnow => "until",
        GrantRefusal::NoReason => "reason",
    }
}
