//! 委托书: the papers that prove a mandate, or what the person has said about a wish for one. For workers who have the person.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::store::find_link,
    authority::Worker,
    calendar::say,
    evidence::{
        EvidenceError, Part, Source,
        mandate::{self, NewProof, Proves},
    },
    ids::EvidenceId,
    person,
};

use crate::{
    app::App,
    evidence,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{SignedIn, Uploaded},
};

/// The two kinds of what is proved, as addresses call them.
const ASKS: &str = "mandates";
const LINKS: &str = "links";

/// What is proved, for whom, and where its pages are.
struct Proved {
    proves: Proves,
    worker: Worker,
    at: String,
    back: String,
}

#[derive(Template)]
#[template(path = "account/proofs.html")]
struct Page {
    frame: Frame,
    at: String,
    back: String,
    once: String,
    papers: Vec<(EvidenceId, &'static str, String)>,
    sources: Vec<Choice>,
    source: String,
}

async fn found(app: &App, by: &SignedIn, (kind, id): (&str, &str)) -> Result<Proved, PageError> {
    let (proves, person, back) = if kind == ASKS {
        let id = id.parse().or(Err(PageError::NotFound))?;
        let ask = domain::account::mandate::asks::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
        (Proves::Ask(id), ask.person_id, format!("/console/mandates/{id}"))
    } else {
        let id = id.parse().or(Err(PageError::NotFound))?;
        let link = find_link(&app.db, id).await?.ok_or(PageError::NotFound)?;
        (Proves::Mandate(id), link.person_id, format!("/console/people/{}/logins", link.person_id))
    };
    let place = person::store::place_of(&app.db, person).await?.ok_or(PageError::NotFound)?;
    let worker = by.prove(place).await?;
    Ok(Proved { proves, worker, at: format!("/console/{kind}/{id}/papers"), back })
}

async fn shown(
    app: &App,
    by: &SignedIn,
    it: &Proved,
    mistakes: Mistakes,
    source: String,
) -> Result<Page, PageError> {
    let papers = mandate::list(&app.db, &it.worker, it.proves).await.map_err(evidence::page_error)?;
    let now = app.clock.now();
    Ok(Page {
        frame: by.frame().console_at("/console").titled("委托书").with(mistakes),
        at: it.at.clone(),
        back: it.back.clone(),
        once: EvidenceId::new(now).to_string(),
        papers: papers
            .into_iter()
            .map(|paper| (paper.id, paper.source.label(), say::moment(paper.sent_at, now)))
            .collect(),
        sources: vec![Choice::new("original_seen", "原件已核"), Choice::new("copy", "复印件，没核原件")],
        source,
    })
}

async fn sent(app: &App, it: Proved, mut uploaded: Uploaded) -> Result<HttpResponse, PageError> {
    let id = uploaded.field("once").parse().or(Err(PageError::Stale))?;
    let mut mistakes = Mistakes::new();
    let chosen = uploaded.field("source").to_owned();
    let source = match chosen.as_str() {
        "original_seen" => Ok(Source::OriginalSeen),
        "copy" => Ok(Source::Copy),
        _ => Err("请选看过原件没有"),
    };
    if let Some(source) = mistakes.need("source", source) {
        let subject = it.at.trim_start_matches("/console/").trim_end_matches("/papers").to_owned();
        let sent = evidence::take(app, &mut uploaded, subject).await?;
        if let Some(sent) = mistakes.need("file", sent) {
            let (new, keys) = (NewProof { id, source, sent }, (&app.cx, &app.files));
            match mandate::add(&app.db, keys, &it.worker, (it.proves, new), app.clock.now()).await {
                Ok(_) => return Ok(see_other_saying(&it.at, Said::Kept)),
                Err(EvidenceError::Refused(refusal)) => mistakes.add("file", evidence::kept(&refusal)),
                Err(error) => return Err(evidence::page_error(error)),
            }
        }
    }
    mistaken(&shown(app, &uploaded.by, &it, mistakes, chosen).await?)
}

async fn given(app: &App, it: Proved, paper: &str) -> Result<HttpResponse, PageError> {
    let paper = paper.parse().or(Err(PageError::NotFound))?;
    let (keys, now) = ((&app.cx, &app.files), app.clock.now());
    let opened = mandate::open(&app.db, keys, &it.worker, (it.proves, paper), now).await;
    let (paper, bytes) = opened.map_err(evidence::page_error)?;
    evidence::given((&paper, Part::Original), bytes)
}

pub(super) async fn of_ask(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = found(&app, &by, (ASKS, &path)).await?;
    html(&shown(&app, &by, &it, Mistakes::new(), String::new()).await?)
}

pub(super) async fn ask_submit(
    app: web::Data<App>,
    path: web::Path<String>,
    uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    sent(&app, found(&app, &uploaded.by, (ASKS, &path)).await?, uploaded).await
}

pub(super) async fn ask_paper(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    given(&app, found(&app, &by, (ASKS, &path.0)).await?, &path.1).await
}

pub(super) async fn of_link(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = found(&app, &by, (LINKS, &path)).await?;
    html(&shown(&app, &by, &it, Mistakes::new(), String::new()).await?)
}

pub(super) async fn link_submit(
    app: web::Data<App>,
    path: web::Path<String>,
    uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    sent(&app, found(&app, &uploaded.by, (LINKS, &path)).await?, uploaded).await
}

pub(super) async fn link_paper(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    given(&app, found(&app, &by, (LINKS, &path.0)).await?, &path.1).await
}
