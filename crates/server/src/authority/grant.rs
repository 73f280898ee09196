//! One grant: what it is, who agreed; the second person's button, and the one that ends it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{
        Grant, GrantRefusal, SecurityAdmin,
        commands::{GrantError, confirm, revoke},
        reaches, store,
    },
    calendar::{local_date, say as dates},
    ids::GrantId,
    region::Regions,
};
use notify::words::authority as say;
use serde::Deserialize;

use super::{
    list::{Line, line},
    words::{admin, called},
};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "authority/grant.html")]
struct Page {
    frame: Frame,
    line: Line,
    rows: Vec<Answer>,
    typed: Typed,
    /// It waits, and the reader is the second person.
    confirms: bool,
    /// It waits, and the reader was the first.
    waits: bool,
    revokes: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    why: String,
}

/// A grant in the administrator's reach; others do not exist.
async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Grant, SecurityAdmin), PageError> {
    let admin = admin(by).await?;
    let id: GrantId = id.parse().or(Err(PageError::NotFound))?;
    let grant = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    if reaches(&app.db, admin.scope(), &grant.scope).await? {
        Ok((grant, admin))
    } else {
        Err(PageError::NotFound)
    }
}

async fn show(app: &App, by: &SignedIn, grant: &Grant, typed: Typed) -> Result<Page, PageError> {
    let (regions, now, me) = (Regions::load(&app.db).await?, app.clock.now(), &by.account.id);
    let line = line(app, &regions, grant).await?;
    let mut rows = vec![
        Answer::new("谁", line.name.clone()),
        Answer::new("角色", line.role),
        Answer::new("在哪里", line.place.clone()),
        Answer::new("任期", line.term.clone()),
        Answer::new("谁授权", line.by.clone()),
        Answer::new("授权日期", dates::full_date(local_date(grant.created_at))),
    ];
    rows.extend(grant.reason.clone().map(|reason| Answer::new("原因", reason)));
    if let Some(by) = &grant.revoked_by {
        let why = grant.revoked_why.as_deref().unwrap_or_default();
        rows.push(Answer::new("收回", format!("{}：{why}", called(app, by).await?)));
    }
    let ended = grant.valid_to.is_some_and(|to| to <= now);
    let others = grant.granted_by.as_ref() != Some(me) && grant.account_id != *me;
    Ok(Page {
        frame: by.frame().console_at("/console/grants").titled(format!("{}的授权", line.name)),
        rows,
        typed,
        confirms: grant.is_waiting() && !ended && others,
        waits: grant.is_waiting() && !ended && !others,
        revokes: !ended,
        line,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (grant, _) = reached(&app, &by, &path).await?;
    html(&show(&app, &by, &grant, Typed::default()).await?)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (grant, admin) = reached(&app, &by, &path).await?;
    let (db, cx, now, at) = (&app.db, &app.cx, app.clock.now(), format!("/console/grants/{}", grant.id));
    let done = match typed.act.as_str() {
        "confirm" => confirm(db, cx, &admin, grant.id, now).await,
        "revoke" => revoke(db, cx, &admin, (grant.id, &typed.why), now).await,
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other_saying(&at, Said::Kept)),
        Err(GrantError::Refused(GrantRefusal::NoReason)) => {
            let page = show(&app, &by, &grant, typed).await?;
            let mistakes = Mistakes::one("why", "请写为什么收回");
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        // A second tap.
        Err(GrantError::Refused(GrantRefusal::NotWaiting)) => Ok(see_other_saying(&at, Said::Already)),
        Err(GrantError::Refused(refusal)) => Err(PageError::Refused(say::grant(refusal))),
        Err(GrantError::NotFound) if grant.valid_to.is_some_and(|to| to <= now) => {
            Ok(see_other_saying(&at, Said::Already))
        }
        Err(GrantError::NotFound) => Err(PageError::NotFound),
        Err(GrantError::Db(error)) => Err(error.into()),
    }
}
