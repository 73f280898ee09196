//! The list of all that went ahead: who asked, who said yes, and whose papers are late. The auditor reads it, too.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::emergency::{Listed, listed},
    authority::{Grants, Role, Scope},
    calendar::{local_date, say},
};

use super::{
    emergency::papers,
    excused::{self, EXCUSED},
};
use crate::{
    app::App,
    authority::words::called,
    page::{Frame, PageError, html},
    session::SignedIn,
};

/// Lines of the list.
const SHOWN: u64 = 200;

#[derive(Template)]
#[template(path = "console/emergencies.html")]
struct List {
    frame: Frame,
    late: usize,
    lines: Vec<Line>,
}

#[derive(Default)]
struct Line {
    href: String,
    number: String,
    status: &'static str,
    amount: String,
    state: &'static str,
    when: String,
    who: String,
    papers: String,
    late: bool,
}

fn scopes(grants: &Grants) -> Vec<Scope> {
    let roles = [Role::Worker, Role::Approver, Role::AuditAdmin];
    roles.into_iter().flat_map(|role| grants.scopes(role)).cloned().collect()
}

async fn line(app: &App, grants: &Grants, listed: &Listed, today: NaiveDate) -> Result<Line, PageError> {
    let Listed { case, emergency: it, papers: how } = listed;
    let place = case.place();
    let speaks = [Role::Worker, Role::Approver]
        .into_iter()
        .any(|role| grants.scopes(role).any(|scope| scope.covers(&place)));
    let below = if speaks { format!("/emergencies/{}", it.id) } else { String::new() };
    let mut who = vec![called(app, &it.asked_by).await?];
    for (said, via) in [(&it.first_by, it.first_via), (&it.decided_by, it.decided_via)] {
        let Some(said) = said else { continue };
        let how = via.map(|via| format!("（{}）", via.label())).unwrap_or_default();
        who.push(format!("{}{how}", called(app, said).await?));
    }
    let (papers, late) = papers(*how, today).unwrap_or_default();
    Ok(Line {
        href: format!("/console/aid/{}{below}", case.id),
        number: case.number.clone(),
        status: case.status.label(),
        amount: format!("{}，上限{}", it.amount, it.cap),
        state: it.state.label(),
        when: say::date(local_date(it.asked_at), today),
        who: who.join("、"),
        papers,
        late,
    })
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let scopes = scopes(&grants);
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let (mut lines, excused) = (Vec::new(), excused::of(&app, &grants).await?);
    for one in listed(&app.db, &scopes, today, SHOWN).await? {
        let href = format!("/console/aid/{}", one.case.id);
        lines.push(match excused.from(&one.case) {
            Some(_) => Line { href, number: one.case.number, status: EXCUSED, ..Line::default() },
            None => line(&app, &grants, &one, today).await?,
        });
    }
    // What is late stands on top; each half as it was, the latest first.
    lines.sort_by_key(|line| !line.late);
    let late = lines.iter().filter(|line| line.late).count();
    html(&List { frame: by.frame().console().titled("先救后补"), late, lines })
}
