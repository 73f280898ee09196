//! 授权: everybody who holds something where the administrator grants.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{Grant, SecurityAdmin, reaches, store},
    calendar::say,
    region::Regions,
    second_factor::{self, reset::is_reached},
    trail::unmasking,
};
use serde::Deserialize;

use super::words::{admin, called, login_at, place, state, term};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Tag, html, mistaken},
    session::{Posted, SignedIn},
};

/// More than anybody reads; then the name narrows it.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "authority/list.html")]
struct Page {
    frame: Frame,
    who: String,
    lines: Vec<Line>,
    many: bool,
    /// Who opened too many numbers lately: the login, the name, when and how many.
    alarms: Vec<(String, String, String)>,
    /// Whose second factor waits for the second person's word: address and name.
    resets: Vec<(String, String)>,
}

/// Alarms of so many days are listed.
const ALARMS: u16 = 30;

async fn alarms(app: &App, admin: &SecurityAdmin) -> Result<Vec<(String, String, String)>, PageError> {
    let (now, mut lines) = (app.clock.now(), Vec::new());
    for alarm in unmasking::last(&app.db, admin.scope(), ALARMS, now).await? {
        let when = format!("{}，看完整号码超过{}次", say::moment(alarm.at, now), alarm.limit);
        lines.push((login_at(&alarm.account), called(app, &alarm.account).await?, when));
    }
    Ok(lines)
}

async fn resets(app: &App, admin: &SecurityAdmin) -> Result<Vec<(String, String)>, PageError> {
    let mut lines = Vec::new();
    for row in second_factor::store::asked(&app.db).await? {
        if is_reached(&app.db, admin, &row.account_id, app.clock.now()).await? {
            let href = format!("{}/second-factor", login_at(&row.account_id));
            lines.push((href, called(app, &row.account_id).await?));
        }
    }
    Ok(lines)
}

/// One grant.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) place: String,
    pub(super) term: String,
    pub(super) by: String,
    pub(super) tag: Tag,
}

/// A grant in words.
pub(super) async fn line(app: &App, regions: &Regions, grant: &Grant) -> Result<Line, PageError> {
    let mut by = match &grant.granted_by {
        Some(by) => called(app, by).await?,
        None => "安装时".to_owned(),
    };
    if let Some(second) = &grant.confirmed_by {
        by = format!("{by}，{}确认", called(app, second).await?);
    }
    Ok(Line {
        href: format!("/console/grants/{}", grant.id),
        login: login_at(&grant.account_id),
        name: called(app, &grant.account_id).await?,
        role: grant.role.label(),
        place: place(app, regions, &grant.scope).await?,
        term: term(grant.valid_from, grant.valid_to),
        by,
        tag: state(grant, app.clock.now()),
    })
}

/// The grants that the administrator reaches, those that wait for a second person first.
async fn show(app: &App, by: &SignedIn, admin: &SecurityAdmin, who: String) -> Result<Page, PageError> {
    let regions = Regions::load(&app.db).await?;
    let (mut waiting, mut lines) = (Vec::new(), Vec::new());
    for grant in store::unended_of_all(&app.db, app.clock.now()).await? {
        if waiting.len() + lines.len() > MOST || !reaches(&app.db, admin.scope(), &grant.scope).await? {
            continue;
        }
        let line = line(app, &regions, &grant).await?;
        if !who.is_empty() && line.name != who && grant.account_id.as_str() != who {
            continue;
        }
        if grant.is_waiting() { waiting.push(line) } else { lines.push(line) }
    }
    waiting.append(&mut lines);
    let many = waiting.len() > MOST;
    waiting.truncate(MOST);
    let frame = by.frame().console_at("/console/grants").titled("授权");
    let (alarms, resets) = (alarms(app, admin).await?, resets(app, admin).await?);
    Ok(Page { frame, who, lines: waiting, many, alarms, resets })
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let admin = admin(&by).await?;
    html(&show(&app, &by, &admin, String::new()).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    who: String,
}

/// Narrows the list to one login.
pub(super) async fn find(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let admin = admin(&by).await?;
    let page = show(&app, &by, &admin, typed.who.trim().to_owned()).await?;
    if page.who.is_empty() {
        let mistakes = Mistakes::one("who", "请写姓名或钉钉员工账号");
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    }
    html(&page)
}
