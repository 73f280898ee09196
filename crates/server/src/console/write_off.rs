//! 坏账核销 on the page of a claim: the paper that shows why, proposing it, deciding it, and which pot bears it.

use std::cmp::Reverse;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use domain::{
    aid::{
        AidError, Case, Category, NoClaim, ProposalState, Refusal,
        category::Categories,
        clawback::{Clawback, ClawbackState, DOCUMENT, Loss, WriteOff},
        commands::{
            evidence::seen_by_approver,
            write_off::{self, NewWriteOff},
        },
        standard::Level,
        store,
        supplement::WORDS,
    },
    authority::{Approver, Grants, Worker},
    calendar::{local_date, say},
    evidence,
    ids::{EvidenceId, RegionCode, WriteOffId},
    person::{self, leader::Discretion},
    region::Regions,
};
use ledger::{Envelope, Fen};
use notify::words::refusal;
use secrecy::ExposeSecret;

use super::clawback::{Button, again, reached};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Choice, Mistakes, PageError, Said, see_other_saying},
    session::Posted,
};

/// What the page of a claim says about writing it off.
pub(super) struct Lost {
    /// What was proposed, first to last.
    pub(super) all: Vec<Proposed>,
    /// Who bears it.
    pub(super) bears: Vec<String>,
    /// What a worker may do.
    pub(super) offer: Offer,
    /// An approver may decide it.
    pub(super) decides: bool,
}

/// One proposal, with the paper for those who may look at it.
pub(super) struct Proposed {
    pub(super) rows: Vec<Answer>,
    pub(super) paper: Option<String>,
}

/// What a worker may do.
pub(super) enum Offer {
    Nothing,
    /// The paper comes first.
    Paper,
    Propose(Form),
}

/// What stands in the form.
pub(super) struct Form {
    pub(super) once: WriteOffId,
    /// The paper that shows it, and when it came.
    pub(super) paper: EvidenceId,
    pub(super) came: String,
    pub(super) losses: Vec<Choice>,
    pub(super) longest: usize,
}

/// Whoever reads the claim, as the one he is.
struct Reader {
    approver: Option<Approver>,
    worker: Option<Worker>,
    discretion: Discretion,
}

/// Of several grants, the one that reaches farthest.
fn approver(grants: &Grants, case: &Case) -> Option<Approver> {
    Approver::all_among(grants, case.place()).min_by_key(|it| Reverse(Level::of_reach(it.reach())))
}

/// For whoever reads the claim. Why is opened for those who work on it or decide.
pub(super) async fn lost(
    app: &App,
    grants: &Grants,
    (case, claim): (&Case, &Clawback),
) -> Result<Lost, PageError> {
    let db = &app.db;
    let reader = Reader {
        approver: approver(grants, case),
        worker: Worker::among(grants, case.place()),
        discretion: Discretion::towards(db, grants).await?,
    };
    let written = store::clawback::write_offs(db, claim.id).await?;
    let mut all = Vec::with_capacity(written.len());
    for row in &written {
        all.push(proposed(app, &reader, row).await?);
    }
    let open = written.iter().any(|row| row.state == ProposalState::Proposed);
    let collects = claim.state == ClawbackState::Agreed;
    let left = if collects { write_off::rest(db, case, claim).await? } else { Fen::ZERO };
    let offers = reader.worker.is_some() && left.is_positive() && !open;
    let told = offers || (reader.approver.is_some() && open);
    Ok(Lost {
        all,
        bears: if told { bears(app, case, left).await? } else { Vec::new() },
        offer: if offers { offer(app, case).await? } else { Offer::Nothing },
        decides: reader.approver.is_some() && open,
    })
}

async fn proposed(app: &App, reader: &Reader, row: &WriteOff) -> Result<Proposed, PageError> {
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let why = match (&reader.approver, &reader.worker) {
        (Some(approver), _) => Some(write_off::read(db, cx, approver, row.id, now).await),
        (None, Some(worker)) => Some(write_off::read(db, cx, worker, row.id, now).await),
        (None, None) => None,
    };
    let why = why.transpose().map_err(page_error)?;
    let state = if row.state == ProposalState::Agreed { "已核销" } else { row.state.label() };
    let mut rows = vec![
        Answer::new("核销多少", row.amount.to_string()),
        Answer::new("状态", state),
        Answer::new("为什么收不回", row.loss.label()),
    ];
    rows.extend(why.map(|why| Answer::new("情况", reader.discretion.says(why.expose_secret()))));
    rows.push(Answer::new("依据的文件", row.document.clone()));
    rows.push(Answer::new("谁提的", called(app, &row.proposed_by).await?));
    if let Some(decided) = &row.decided_by {
        rows.push(Answer::new("谁决定的", called(app, decided).await?));
    }
    let at = format!("/console/aid/{}/papers/{}", row.case_id, row.evidence_id);
    let paper = match (&reader.worker, &reader.approver) {
        (Some(_), _) => Some(at),
        (None, Some(_)) => evidence::store::find(db, row.evidence_id)
            .await?
            .map(|paper| format!("{at}/{}", seen_by_approver(&paper).code())),
        (None, None) => None,
    };
    Ok(Proposed { rows, paper })
}

async fn offer(app: &App, case: &Case) -> Result<Offer, PageError> {
    let now = app.clock.now();
    let Some(paper) = write_off::papers(&app.db, case.id).await?.pop() else { return Ok(Offer::Paper) };
    let person = person::store::find(&app.db, case.person_id).await?;
    let lives = person.is_some_and(|person| person.is_alive());
    Ok(Offer::Propose(Form {
        once: WriteOffId::new(now),
        paper: paper.id,
        came: format!("{}传的，{}", say::moment(paper.sent_at, now), paper.source.label()),
        losses: Loss::all()
            .filter(|loss| loss.holds(lives))
            .map(|loss| Choice::new(loss.code(), loss.label()))
            .collect(),
        longest: WORDS,
    }))
}

/// Which pots bear how much.
async fn bears(app: &App, case: &Case, left: Fen) -> Result<Vec<String>, PageError> {
    if !left.is_positive() {
        return Ok(Vec::new());
    }
    let (regions, today) = (Regions::load(&app.db).await?, local_date(app.clock.now()));
    let categories = store::category::load(&app.db).await?;
    let parts = write_off::bears(&app.db, case, left).await.map_err(page_error)?;
    let words = (&regions, &categories);
    Ok(parts.into_iter().map(|(pot, sum)| format!("{}承担{sum}", named(words, &pot, today))).collect())
}

/// The pot in words.
fn named((regions, categories): (&Regions, &Categories), pot: &Envelope, today: NaiveDate) -> String {
    let (mut place, mut what) = (pot.region.clone(), pot.category.clone());
    if let Ok(region) = pot.region.parse::<RegionCode>() {
        place = regions.full_name(&region, today);
        if let Some(category) = Category::parse(&pot.category) {
            what = categories.label(category, &region, today);
        }
    }
    format!("{place}{}年{what}的已付经费", pot.year)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Button>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let (row, case) = reached(&app, &grants, &path).await?;
    let (db, cx, now, typed) = (&app.db, &app.cx, app.clock.now(), posted.form);
    let done = match typed.act.as_str() {
        "propose" => {
            let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
            let Some(loss) = Loss::parse(&typed.loss) else {
                let mistakes = Mistakes::one("loss", "请选一个".to_owned());
                return again(&app, &posted.by, &path, (typed, mistakes)).await;
            };
            let new = NewWriteOff {
                id: typed.once.parse().or(Err(PageError::Stale))?,
                loss,
                why: typed.why.clone(),
                document: typed.document.clone(),
                paper: typed.paper.parse().or(Err(PageError::Stale))?,
            };
            write_off::propose(db, cx, &worker, (row.id, new), now).await
        }
        act @ ("agree" | "refuse") => {
            let approver = approver(&grants, &case).ok_or(PageError::NotFound)?;
            let all = store::clawback::write_offs(db, row.id).await?;
            let open = all.into_iter().find(|one| one.state == ProposalState::Proposed);
            let id = open.ok_or(PageError::Stale)?.id;
            write_off::decide(db, cx, &approver, (id, act == "agree"), now).await
        }
        _ => return Err(PageError::NotFound),
    };
    let mistake = match done {
        Ok(_) => return Ok(see_other_saying(&format!("/console/clawbacks/{}", row.id), Said::Kept)),
        Err(AidError::Refused(Refusal::Words)) => ("why", format!("请写几句话，最多{WORDS}个字")),
        Err(AidError::Refused(Refusal::Clawback(NoClaim::Document))) => {
            ("document", format!("请写依据的文件号，最多{DOCUMENT}个字"))
        }
        Err(AidError::Refused(no @ Refusal::Clawback(NoClaim::Loss))) if typed.act == "propose" => {
            ("loss", refusal::aid(&no).replace('\n', ""))
        }
        Err(error) => return Err(page_error(error)),
    };
    again(&app, &posted.by, &path, (typed, Mistakes::one(mistake.0, mistake.1))).await
}
