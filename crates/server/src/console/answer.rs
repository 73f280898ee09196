//! The bank's file: sent in, judged line by line, and written down when somebody has looked at it.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    aid::{
        AidError, Refusal,
        commands::answer::{Received, accept_answer, read_answer},
        payment::{
            Payment,
            answer::{AnswerLine, AnswerState, BankAnswer, Became, Found},
        },
        store,
    },
    calendar::say,
    ids::{AccountId, BankAnswerId, BatchId, CaseId},
};
use notify::words::refusal;

use super::{
    batch,
    excused::{self, EXCUSED},
    pay::payer,
};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Frame, Mistakes, PageError, Said, Tag, html, mistaken, see_other, see_other_saying},
    session::{Posted, Pressed, SignedIn, Uploaded},
};

#[derive(Template)]
#[template(path = "console/answer.html")]
struct Page {
    frame: Frame,
    id: BankAnswerId,
    batch: BatchId,
    read: String,
    accepted: Option<String>,
    counts: Vec<(&'static str, usize)>,
    silent: i32,
    acts: bool,
    left: bool,
    lines: Vec<Line>,
}

struct Line {
    at: i32,
    number: String,
    payee: String,
    amount: String,
    found: &'static str,
    reason: &'static str,
    asks: bool,
    became: &'static str,
}

fn tag(answer: &BankAnswer) -> Tag {
    match answer.state {
        AnswerState::Read => Tag::attention("待登记"),
        AnswerState::Accepted => Tag::good("已登记"),
    }
}

/// The answers to a batch, the latest first.
pub(super) async fn list(app: &App, batch: BatchId) -> Result<Vec<(String, String, Tag)>, PageError> {
    let now = app.clock.now();
    let answers = store::bank::answers(&app.db, batch).await?;
    let line = |answer: BankAnswer| {
        (format!("/console/answers/{}", answer.id), say::moment(answer.read_at, now), tag(&answer))
    };
    Ok(answers.into_iter().rev().map(line).collect())
}

pub(super) async fn send(
    app: web::Data<App>,
    path: web::Path<String>,
    mut uploaded: Uploaded,
) -> Result<HttpResponse, PageError> {
    let id: BatchId = path.parse().or(Err(PageError::NotFound))?;
    let found = store::payment::find_batch(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let payer = payer(&uploaded.by, &found.region).await?;
    let words = match uploaded.bytes.take() {
        None => "文件不能超过10兆".to_owned(),
        Some(bytes) if bytes.is_empty() => "请先选一个文件".to_owned(),
        Some(bytes) => match read_answer(&app.db, &app.cx, &payer, (id, &bytes), app.clock.now()).await {
            Ok(Received::New(answer)) => return Ok(see_other(&format!("/console/answers/{answer}"))),
            Ok(Received::Known(answer)) => {
                return Ok(see_other_saying(&format!("/console/answers/{answer}"), Said::Already));
            }
            Err(AidError::Refused(why @ Refusal::BankFile(_))) => refusal::aid(&why).replace('\n', ""),
            Err(error) => return Err(page_error(error)),
        },
    };
    let page = batch::show(&app, &uploaded.by, id).await?;
    mistaken(&page.with(Mistakes::one("file", words)))
}

/// An answer, for whoever pays there.
async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<BankAnswer, PageError> {
    let id: BankAnswerId = id.parse().or(Err(PageError::NotFound))?;
    let answer = store::bank::answer(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let batch = store::payment::find_batch(&app.db, answer.batch_id).await?.ok_or(PageError::NotFound)?;
    payer(by, &batch.region).await?;
    Ok(answer)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let answer = reached(&app, &by, &path).await?;
    let batch = store::payment::find_batch(&app.db, answer.batch_id).await?.ok_or(PageError::NotFound)?;
    let payments = store::payment::of_batch(&app.db, batch.id).await?;
    let kept = excused::payments(&app, &by.grants().await?, &payments).await?;
    let rows = store::bank::answer_lines(&app.db, answer.id).await?;
    let accepted = match answer.accepted_by.as_ref().zip(answer.accepted_at) {
        Some((who, at)) => Some(said(&app, who, at).await?),
        None => None,
    };
    let maker = by.account.id == batch.made_by;
    html(&Page {
        frame: by.frame().console().titled(format!("{}的回单", batch.number)),
        id: answer.id,
        batch: batch.id,
        read: said(&app, &answer.read_by, answer.read_at).await?,
        accepted,
        counts: counts(&rows),
        silent: answer.silent,
        acts: !maker && answer.state == AnswerState::Read && rows.iter().any(|row| row.found.acts()),
        left: !maker && rows.iter().any(|row| row.became == Some(Became::Barred)),
        lines: rows.iter().map(|row| line(row, &payments, &kept)).collect(),
    })
}

/// When, and who.
async fn said(app: &App, who: &AccountId, at: DateTime<Utc>) -> Result<String, PageError> {
    Ok(format!("{}，{}", say::moment(at, app.clock.now()), called(app, who).await?))
}

/// What is found, how often, in the order of its first line.
fn counts(rows: &[AnswerLine]) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(Found, usize)> = Vec::new();
    for row in rows {
        match counts.iter_mut().find(|(found, _)| *found == row.found) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.found, 1)),
        }
    }
    counts.into_iter().map(|(found, count)| (found.label(), count)).collect()
}

fn line(row: &AnswerLine, payments: &[Payment], kept: &BTreeSet<CaseId>) -> Line {
    let payment = row.payment_id.and_then(|id| payments.iter().find(|payment| payment.id == id));
    if let Some(payment) = payment.filter(|payment| kept.contains(&payment.case_id)) {
        return Line {
            at: row.line,
            number: payment.line.to_string(),
            payee: EXCUSED.to_owned(),
            amount: String::new(),
            found: "",
            reason: "",
            asks: false,
            became: "",
        };
    }
    Line {
        at: row.line,
        number: payment.map(|payment| payment.line.to_string()).unwrap_or_default(),
        payee: payment.map(|payment| payment.payee.clone()).unwrap_or_default(),
        amount: payment.map(|payment| payment.amount.to_string()).unwrap_or_default(),
        found: row.found.label(),
        reason: row.reason.map_or("", |reason| reason.label()),
        asks: row.found.asks(),
        became: row.became.map_or("", Became::label),
    }
}

pub(super) async fn accept(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let answer = reached(&app, &posted.by, &path).await?;
    let batch = store::payment::find_batch(&app.db, answer.batch_id).await?.ok_or(PageError::NotFound)?;
    let payer = payer(&posted.by, &batch.region).await?;
    accept_answer(&app.db, &app.cx, &payer, answer.id, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/answers/{}", answer.id), Said::Kept))
}
