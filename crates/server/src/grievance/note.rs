//! He called or came: a worker writes down what he says. Who does not say his name is told a code, which is shown once.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid,
    authority::{Role, Worker},
    grievance::{
        GrievanceError, Kind, ReceiptCode, WORDS,
        commands::file::{Saying, Whose, file_for},
    },
    ids::{CaseId, GrievanceId, RegionCode},
};
use serde::Deserialize;

use super::words::{kinds, page_error, said};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    person::reached,
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "grievance/note.html")]
struct Page {
    frame: Frame,
    action: String,
    back: String,
    kinds: Vec<Choice>,
    /// The person's cases to choose from; nothing without a name.
    cases: Vec<(String, String)>,
    nameless: bool,
    typed: Typed,
    longest: usize,
}

#[derive(Template)]
#[template(path = "grievance/noted.html")]
struct Noted {
    frame: Frame,
    code: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    once: String,
    code: String,
    kind: String,
    case: String,
    said: String,
}

impl Typed {
    fn fresh(self, app: &App) -> Result<Self, PageError> {
        let once =
            if self.once.is_empty() { GrievanceId::new(app.clock.now()).to_string() } else { self.once };
        let code = match ReceiptCode::parse(&self.code) {
            Some(code) => code,
            None => ReceiptCode::fresh().map_err(|error| PageError::Broken(error.into()))?,
        };
        Ok(Self { once, code: code.shown(), ..self })
    }
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<Page, PageError> {
    let it = reached(app, by, id).await?;
    let cases = aid::store::case::of_person(&app.db, it.person.id).await?;
    Ok(Page {
        frame: by.frame().console_at("/console/grievances").titled(format!("{}反映问题", it.person.name)),
        action: format!("/console/people/{}/grievance", it.person.id),
        back: format!("/console/people/{}", it.person.id),
        kinds: kinds(),
        cases: cases.into_iter().map(|case| (case.id.to_string(), case.number)).collect(),
        nameless: false,
        typed: typed.fresh(app)?,
        longest: WORDS,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, &path, Typed::default()).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let it = reached(&app, &by, &path).await?;
    let page = page(&app, &by, &path, typed.clone()).await?;
    let Some(kind) = Kind::parse(&typed.kind) else {
        return mistaken(&Page { frame: page.frame.with(Mistakes::one("kind", "请选一个")), ..page });
    };
    let id: GrievanceId = typed.once.parse().or(Err(PageError::Stale))?;
    let case: Option<CaseId> = typed.case.parse().ok();
    let what = (id, Whose::Person(it.person.id), Saying { kind, said: &typed.said, case });
    match file_for(&app.db, &app.cx, &it.worker, what, app.clock.now()).await {
        Ok(_) => Ok(see_other("/console/grievances")),
        Err(GrievanceError::Refused(no)) => {
            mistaken(&Page { frame: page.frame.with(Mistakes::one("said", said(no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}

/// The widest region for which somebody works.
async fn place(by: &SignedIn) -> Result<(RegionCode, Worker), PageError> {
    let grants = by.grants().await?;
    let widest = grants.regions(Role::Worker).min_by_key(|code| (code.as_str().len(), code.as_str()));
    let region = widest.cloned().ok_or(PageError::NotFound)?;
    let worker = Worker::among(&grants, region.clone()).ok_or(PageError::NotFound)?;
    Ok((region, worker))
}

fn blank(app: &App, by: &SignedIn, typed: Typed) -> Result<Page, PageError> {
    Ok(Page {
        frame: by.frame().console_at("/console/grievances").titled("记下不留名字的反映"),
        action: "/console/grievances/new".to_owned(),
        back: "/console/grievances".to_owned(),
        kinds: kinds(),
        cases: Vec::new(),
        nameless: true,
        typed: typed.fresh(app)?,
        longest: WORDS,
    })
}

pub(super) async fn nameless_form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    place(&by).await?;
    html(&blank(&app, &by, Typed::default())?)
}

pub(super) async fn nameless(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (region, worker) = place(&by).await?;
    let page = blank(&app, &by, typed.clone())?;
    let Some(kind) = Kind::parse(&typed.kind) else {
        return mistaken(&Page { frame: page.frame.with(Mistakes::one("kind", "请选一个")), ..page });
    };
    let id: GrievanceId = typed.once.parse().or(Err(PageError::Stale))?;
    let code = ReceiptCode::parse(&typed.code).ok_or(PageError::Stale)?;
    let what = (id, Whose::Nameless(&region, &code), Saying { kind, said: &typed.said, case: None });
    match file_for(&app.db, &app.cx, &worker, what, app.clock.now()).await {
        Ok(_) => {
            let frame = by.frame().console_at("/console/grievances").titled("记下了");
            html(&Noted { frame, code: code.shown() })
        }
        Err(GrievanceError::Refused(no)) => {
            mistaken(&Page { frame: page.frame.with(Mistakes::one("said", said(no))), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
