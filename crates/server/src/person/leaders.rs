//! 省级老领导: those on whose need-to-know lists the reader is; for what he looks; and for those who watch, who looked at whom.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{AuditAdmin, Grants, Scope, SecurityAdmin, Worker, store as grants_of},
    calendar::{local_date, local_time, say as dates},
    ids::{LeaderId, PersonId},
    person::{
        PersonError,
        leader::{Leader, OPEN_FOR, commands::open, store},
        store as people,
    },
};
use serde::Deserialize;

use super::words::{at, name, person_error};
use crate::{
    app::App,
    authority::words::term,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// Lines of the list of who looked.
const READS: u64 = 200;

#[derive(Template)]
#[template(path = "person/leaders.html")]
struct List {
    frame: Frame,
    known: Vec<(String, String)>,
    watches: bool,
    all: Vec<Watched>,
    reads: Vec<Read>,
}

/// One leader, for those who watch: never the name.
struct Watched {
    number: String,
    known_to: Vec<String>,
}

struct Read {
    number: String,
    who: String,
    when: String,
    purpose: String,
}

#[derive(Template)]
#[template(path = "person/purpose.html")]
struct Purpose {
    frame: Frame,
    href: String,
    minutes: i64,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    purpose: String,
}

fn watches(grants: &Grants) -> bool {
    SecurityAdmin::somewhere(grants).is_some_and(|admin| whole(admin.scope()))
        || AuditAdmin::somewhere(grants).is_some_and(|admin| whole(admin.scope()))
}

/// Is there anything about them for the reader?
pub(crate) async fn is_there(app: &App, grants: &Grants) -> Result<bool, PageError> {
    Ok(watches(grants) || !store::known_to(&app.db, grants).await?.is_empty())
}

/// The whole province's.
fn whole(scope: &Scope) -> bool {
    matches!(scope, Scope::Region(code) if code.as_str().len() == 2)
}

/// The page of the purpose, which leads to the person's.
pub(crate) async fn purpose_at(app: &App, person: PersonId) -> Result<String, PageError> {
    let leader = store::of_person(&app.db, person).await?.ok_or(PageError::NotFound)?;
    Ok(format!("/console/leaders/{}", leader.id))
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let known = store::known_to(&app.db, &grants).await?;
    let watches = watches(&grants);
    if known.is_empty() && !watches {
        return Err(PageError::NotFound);
    }
    let (mut all, mut reads) = (Vec::new(), Vec::new());
    if watches {
        let leaders = store::all(&app.db).await?;
        for leader in &leaders {
            all.push(watched(&app, leader).await?);
        }
        for row in store::reads(&app.db, None, READS).await? {
            let leader = leaders.iter().find(|leader| leader.person_id == row.person_id);
            let (day, time) = (local_date(row.read_at), local_time(row.read_at));
            reads.push(Read {
                number: leader.map(Leader::says).unwrap_or_default(),
                who: name(&app, &row.account_id).await?,
                when: format!("{}{}", dates::full_date(day), dates::time(time)),
                purpose: row.purpose,
            });
        }
    }
    html(&List {
        frame: by.frame().console().titled("省级老领导"),
        known: known
            .iter()
            .map(|leader| (format!("/console/leaders/{}", leader.id), leader.says()))
            .collect(),
        watches,
        all,
        reads,
    })
}

async fn watched(app: &App, leader: &Leader) -> Result<Watched, PageError> {
    let now = app.clock.now();
    let mut known_to = Vec::new();
    for grant in grants_of::over(&app.db, &Scope::Person(leader.person_id)).await? {
        if grant.is_live(now) {
            let who = name(app, &grant.account_id).await?;
            known_to.push(format!("{who}，{}", term(grant.valid_from, grant.valid_to)));
        }
    }
    Ok(Watched { number: leader.says(), known_to })
}

/// As what somebody is on the list: the one looks at the record, the other at who else did.
enum Reader {
    Worker(Worker),
    Auditor(AuditAdmin),
}

impl Reader {
    /// What is open once the purpose is said.
    fn opens(&self, person: PersonId) -> String {
        match self {
            Self::Worker(_) => at(person),
            Self::Auditor(_) => format!("/console/trail/people/{person}"),
        }
    }
}

/// A leader on whose need-to-know list the reader is; others do not exist.
async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Leader, Reader), PageError> {
    let id: LeaderId = id.parse().or(Err(PageError::NotFound))?;
    let leader = store::find(&app.db, id).await?.filter(|leader| leader.until.is_none());
    let leader = leader.ok_or(PageError::NotFound)?;
    let place = people::place_of(&app.db, leader.person_id).await?.ok_or(PageError::NotFound)?;
    let grants = by.grants().await?;
    let reader = match Worker::among(&grants, place.clone()) {
        Some(worker) => Reader::Worker(worker),
        None => Reader::Auditor(AuditAdmin::among(&grants, place).ok_or(PageError::NotFound)?),
    };
    Ok((leader, reader))
}

async fn show(
    app: &App,
    by: &SignedIn,
    id: &str,
    typed: Typed,
) -> Result<(Purpose, Leader, Reader), PageError> {
    let (leader, reader) = reached(app, by, id).await?;
    let frame = match &reader {
        Reader::Worker(_) => by.frame().console(),
        Reader::Auditor(_) => by.frame().console_at("/console/trail"),
    };
    let page = Purpose {
        frame: frame.titled(format!("查阅{}", leader.says())),
        href: format!("/console/leaders/{}", leader.id),
        minutes: OPEN_FOR.num_minutes(),
        typed,
    };
    Ok((page, leader, reader))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, &path, Typed::default()).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, leader, reader) = show(&app, &by, &path, typed.clone()).await?;
    let what = (leader.person_id, typed.purpose.as_str());
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let opened = match &reader {
        Reader::Worker(worker) => open(db, cx, worker, what, now).await,
        Reader::Auditor(admin) => open(db, cx, admin, what, now).await,
    };
    match opened {
        Ok(_) => Ok(see_other(&reader.opens(leader.person_id))),
        Err(PersonError::Refused(_)) => {
            let mistakes = Mistakes::one("purpose", "请写为什么要看，一百字以内");
            mistaken(&Purpose { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(person_error(error)),
    }
}
