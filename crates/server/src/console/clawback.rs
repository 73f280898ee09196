//! 追回 at the desk: deciding it, and each part that comes. Proposing it is in `claiming`, the list in `clawbacks`, what is given up of it in
//! `write_off`.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        AidError, Case, NoClaim, Refusal,
        clawback::{Cause, Clawback, ClawbackState},
        commands::clawback,
        store,
    },
    authority::{Approver, Grants, Payer, Role, Worker},
    calendar::{local_date, say},
    ids::{CaseId, ClawbackId, InstalmentId},
    person::{self, leader::Discretion},
};
use notify::words::refusal;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{
    visit::sum,
    write_off::{self, Lost, Offer},
};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// What the person is told whom nobody asks any more.
const CAME_BACK: &str = "钱已经由银行退回来了，您不用再退。";

/// The same, when a death was recorded by mistake.
const NO_DEATH: &str = "以前登记错了，这笔钱不用退。已经退的，会还给您。";

/// Whose pages these are.
pub(super) const ROLES: [Role; 4] = [Role::Worker, Role::Approver, Role::Payer, Role::AuditAdmin];

#[derive(Template)]
#[template(path = "console/clawback_one.html")]
struct Page {
    frame: Frame,
    id: ClawbackId,
    case: CaseId,
    number: String,
    rows: Vec<Answer>,
    /// For those who work on it or decide; who takes the money in needs no reason.
    why: Option<String>,
    /// What is said about it, as long as it is open.
    words: Option<&'static str>,
    parts: Vec<(String, String)>,
    next: Next,
    once: InstalmentId,
    typed: Button,
    /// 核销: what was proposed, and what the reader may do.
    lost: Lost,
}

impl Page {
    fn collects(&self) -> bool {
        matches!(self.next, Next::Collect | Next::Late)
    }

    fn shows_lost(&self) -> bool {
        !self.lost.all.is_empty() || !matches!(self.lost.offer, Offer::Nothing)
    }
}

/// What whoever reads may do with it.
enum Next {
    Nothing,
    Decide,
    /// The bank has sent the money back, or nobody has died: nothing is to be collected.
    GiveUp,
    /// The same, for somebody who is no approver.
    Approver,
    Collect,
    /// It is written off, and came after all.
    Late,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Button {
    pub(super) act: String,
    pub(super) once: String,
    yuan: String,
    on: String,
    pub(super) loss: String,
    pub(super) why: String,
    pub(super) document: String,
    pub(super) paper: String,
}

/// A claim of a case that one of the reader's roles covers.
pub(super) async fn reached(app: &App, grants: &Grants, text: &str) -> Result<(Clawback, Case), PageError> {
    let id: ClawbackId = text.parse().or(Err(PageError::NotFound))?;
    let row = store::clawback::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let case = super::case::reached(app, grants, &row.case_id.to_string()).await?;
    let place = case.place();
    let mine = ROLES.into_iter().any(|role| grants.scopes(role).any(|scope| scope.covers(&place)));
    if mine { Ok((row, case)) } else { Err(PageError::NotFound) }
}

async fn show(app: &App, by: &SignedIn, text: &str, typed: Button) -> Result<Page, PageError> {
    let grants = by.grants().await?;
    let (row, case) = reached(app, &grants, text).await?;
    let (now, place) = (app.clock.now(), case.place());
    let today = local_date(now);
    let approver = Approver::among(&grants, place.clone());
    let why = match (&approver, Worker::among(&grants, place.clone())) {
        (Some(approver), _) => Some(clawback::read(&app.db, &app.cx, approver, row.id, now).await),
        (None, Some(worker)) => Some(clawback::read(&app.db, &app.cx, &worker, row.id, now).await),
        (None, None) => None,
    };
    let why = why.transpose().map_err(page_error)?;
    let discretion = Discretion::towards(&app.db, &grants).await?;
    let gone = [row.recovered, row.written_off].into_iter().sum();
    let rest = row.amount.checked_sub(gone).unwrap_or_default();
    let mut rows = vec![
        Answer::new("为什么", row.cause.label()),
        Answer::new("要退回", row.amount.to_string()),
        Answer::new("已经退回", row.recovered.to_string()),
        Answer::new("还差", rest.to_string()),
        Answer::new("状态", row.state.label()),
        Answer::new("谁提的", called(app, &row.proposed_by).await?),
    ];
    if row.state == ClawbackState::WrittenOff {
        rows.insert(3, Answer::new("已核销", row.written_off.to_string()));
    }
    if let Some(decided) = &row.decided_by {
        rows.push(Answer::new("谁决定的", called(app, decided).await?));
    }
    let mut parts = Vec::new();
    for part in store::clawback::instalments(&app.db, row.id).await? {
        parts.push((say::date(part.received_on, today), part.amount.to_string()));
    }
    let lost = write_off::lost(app, &grants, (&case, &row)).await?;
    let no_death = row.cause == Cause::Death && lives(app, &case).await?;
    let collects = Payer::among(&grants, place).is_some();
    let for_nothing =
        row.state == ClawbackState::Agreed && (no_death || clawback::nothing_is_left(&app.db, &case).await?);
    let next = match row.state {
        ClawbackState::Proposed if no_death && approver.is_some() => Next::GiveUp,
        ClawbackState::Proposed if approver.is_some() => Next::Decide,
        ClawbackState::Agreed if for_nothing && approver.is_some() => Next::GiveUp,
        ClawbackState::Agreed if for_nothing => Next::Approver,
        ClawbackState::Agreed if collects => Next::Collect,
        ClawbackState::WrittenOff if collects && !no_death && row.written_off.is_positive() => Next::Late,
        _ => Next::Nothing,
    };
    Ok(Page {
        frame: by.frame().console().titled("追回"),
        id: row.id,
        case: case.id,
        number: case.number,
        rows,
        why: why.map(|why| discretion.says(why.expose_secret())),
        words: row.is_open().then(|| match (no_death, for_nothing) {
            (true, _) => NO_DEATH,
            (false, true) => CAME_BACK,
            (false, false) => row.cause.words(),
        }),
        parts,
        next,
        once: InstalmentId::new(now),
        typed,
        lost,
    })
}

/// A death that was recorded and taken back is no reason.
async fn lives(app: &App, case: &Case) -> Result<bool, PageError> {
    let person = person::store::find(&app.db, case.person_id).await?;
    Ok(person.is_some_and(|person| person.is_alive()))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let on = local_date(app.clock.now()).to_string();
    html(&show(&app, &by, &path, Button { on, ..Button::default() }).await?)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Button>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let (row, case) = reached(&app, &grants, &path).await?;
    let (db, cx, now, place, typed) = (&app.db, &app.cx, app.clock.now(), case.place(), posted.form);
    let to = format!("/console/clawbacks/{}", row.id);
    let done = match typed.act.as_str() {
        act @ ("agree" | "refuse") => {
            let approver = Approver::among(&grants, place).ok_or(PageError::NotFound)?;
            clawback::decide(db, cx, &approver, (row.id, act == "agree"), now).await
        }
        "receive" => {
            let payer = Payer::among(&grants, place).ok_or(PageError::NotFound)?;
            let part: InstalmentId = typed.once.parse().or(Err(PageError::Stale))?;
            let mut mistakes = Mistakes::new();
            let amount = mistakes.need("yuan", sum(&typed.yuan).or(Err("请写数字，单位是元")));
            let on = mistakes.need("on", typed.on.parse::<NaiveDate>().or(Err("请写哪一天收到的")));
            match (amount, on) {
                (Some(amount), Some(on)) => {
                    clawback::receive(db, cx, &payer, (row.id, part, amount, on), now).await
                }
                _ => return again(&app, &posted.by, &path, (typed, mistakes)).await,
            }
        }
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(_) => Ok(see_other_saying(&to, Said::Kept)),
        Err(AidError::Refused(no @ Refusal::Clawback(NoClaim::Amount { .. } | NoClaim::Date))) => {
            let field = if no == Refusal::Clawback(NoClaim::Date) { "on" } else { "yuan" };
            let mistakes = Mistakes::one(field, refusal::aid(&no).replace('\n', ""));
            again(&app, &posted.by, &path, (typed, mistakes)).await
        }
        Err(error) => Err(page_error(error)),
    }
}

pub(super) async fn again(
    app: &App,
    by: &SignedIn,
    path: &str,
    (typed, mistakes): (Button, Mistakes),
) -> Result<HttpResponse, PageError> {
    let page = show(app, by, path, typed).await?;
    let frame = page.frame.with(mistakes);
    mistaken(&Page { frame, ..page })
}
