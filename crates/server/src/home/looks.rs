//! 谁看过我: in plain words which office, when and why; no names of staff.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use domain::{
    account::mandate::Matter,
    authority::{Grants, Scope},
    calendar::{local_date, local_time, say},
    ids::AccountId,
    region::Regions,
    trail::{self, read::who_looked_at_me},
};

use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// How far back.
const BACK: TimeDelta = TimeDelta::days(183);
/// Lines.
const SHOWN: u64 = 50;

#[derive(Template)]
#[template(path = "home/looks.html")]
struct Page {
    frame: Frame,
    lines: Vec<(String, String)>,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (me, now) = (by.acts(Matter::Information).await?, app.clock.now());
    let rows = who_looked_at_me(&app.db, &me, (now - BACK, now + TimeDelta::days(1)), SHOWN).await?;
    let (mut offices, mut lines) = (HashMap::new(), Vec::with_capacity(rows.len()));
    let regions = Regions::load(&app.db).await?;
    for row in rows {
        if !offices.contains_key(&row.actor) {
            offices.insert(row.actor.clone(), office(&app, &regions, &row.actor).await?);
        }
        let office = offices.get(&row.actor).cloned().unwrap_or_default();
        let when =
            format!("{}{}", say::date(local_date(row.at), local_date(now)), say::time(local_time(row.at)));
        let what = trail::look(&row);
        let purpose = trail::purpose(&row).map(|why| format!("，为了{why}")).unwrap_or_default();
        lines.push((format!("{office}{}", trail::bureau(&row.role)), format!("{when}，{what}{purpose}")));
    }
    html(&Page { frame: by.frame().titled("谁看过我的信息"), lines })
}

/// The region of the office that gave the login its role.
async fn office(app: &App, regions: &Regions, actor: &str) -> Result<String, PageError> {
    let Some(id) = AccountId::parse(actor) else { return Ok(String::new()) };
    let now = app.clock.now();
    let grants = Grants::of(&app.db, &id, now).await?;
    let region = grants.all().iter().find_map(|grant| match &grant.scope {
        Scope::Region(code) => regions.find(code, local_date(now)).map(|region| region.name.clone()),
        _ => None,
    });
    Ok(region.unwrap_or_default())
}
