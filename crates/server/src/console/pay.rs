//! Batches: made by one payer, confirmed by another, sent, and the bank's answer for each line.

use actix_web::{HttpResponse, http::header, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Refusal,
        commands::{batch, confirm, settle as bank},
        payment::{BankResult, BatchState, PaymentState, ReturnReason},
        store,
    },
    authority::{Payer, Role},
    ids::{BatchId, PaymentId},
};
use serde::Deserialize;

use crate::{
    aid::page_error,
    app::App,
    branch::Pressed,
    page::{Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/batch.html")]
struct Page {
    frame: Frame,
    id: BatchId,
    number: String,
    state: &'static str,
    count: i32,
    total: String,
    version: i64,
    act: Option<(&'static str, &'static str)>,
    settles: bool,
    files: bool,
    lines: Vec<Line>,
}

struct Line {
    id: String,
    payee: String,
    tail: String,
    amount: String,
    waiting: bool,
    paid: bool,
    said: &'static str,
}

/// What the bank may have done, as the form says it.
const RESULTS: [(&str, &str, BankResult); 5] = [
    ("paid", "已付", BankResult::Paid),
    ("name", "退汇：户名不符", BankResult::Returned(ReturnReason::NameDiffers)),
    ("account", "退汇：账户不存在或已注销", BankResult::Returned(ReturnReason::NoSuchAccount)),
    ("blocked", "退汇：账户状态异常", BankResult::Returned(ReturnReason::AccountBlocked)),
    ("other", "退汇：其他原因", BankResult::Returned(ReturnReason::Other)),
];

async fn payer(by: &SignedIn, region: &domain::ids::RegionCode) -> Result<Payer, PageError> {
    Payer::among(&by.grants().await?, region.clone()).ok_or(PageError::NotFound)
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: BatchId = path.parse().or(Err(PageError::NotFound))?;
    let batch = store::payment::find_batch(&app.db, id).await?.ok_or(PageError::NotFound)?;
    payer(&by, &batch.region).await?;
    let lines = store::payment::of_batch(&app.db, id).await?.into_iter().map(|line| Line {
        id: line.id.to_string(),
        payee: line.payee,
        tail: line.account_tail,
        amount: line.amount.to_string(),
        waiting: line.state == PaymentState::Waiting,
        paid: line.state == PaymentState::Paid,
        said: match line.state {
            PaymentState::Waiting => "等待",
            PaymentState::Paid => "已付",
            PaymentState::Returned => "退汇",
            PaymentState::TakenOut => "已移出",
        },
    });
    html(&Page {
        frame: by.frame().console(),
        id,
        number: batch.number,
        state: batch.state.label(),
        count: batch.count,
        total: batch.total.to_string(),
        version: batch.version,
        act: match batch.state {
            BatchState::Open => Some(("confirm", "复核通过")),
            BatchState::Confirmed => Some(("send", "已送银行")),
            BatchState::Sent | BatchState::Settled => None,
        },
        settles: matches!(batch.state, BatchState::Sent | BatchState::Settled),
        files: matches!(batch.state, BatchState::Confirmed | BatchState::Sent),
        lines: lines.collect(),
    })
}

pub(super) async fn open(app: web::Data<App>, posted: Posted<Pressed>) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let region = grants.regions(Role::Payer).next().cloned().ok_or(PageError::NotFound)?;
    let payer = payer(&posted.by, &region).await?;
    match batch::open_batch(&app.db, &app.cx, &payer, &region, app.clock.now()).await {
        Ok(opened) => Ok(see_other(&format!("/console/batches/{}", opened.batch.id))),
        Err(AidError::Refused(Refusal::NothingToPay)) => {
            Err(PageError::Refused("现在没有待发放的个案。".to_owned()))
        }
        Err(error) => Err(page_error(error)),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
    version: i64,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let id: BatchId = path.parse().or(Err(PageError::NotFound))?;
    let found = store::payment::find_batch(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let payer = payer(&posted.by, &found.region).await?;
    let (db, cx, now, read) = (&app.db, &app.cx, app.clock.now(), (id, posted.form.version));
    match posted.form.act.as_str() {
        "confirm" => confirm::confirm_batch(db, cx, &payer, read, now).await.map_err(page_error)?,
        "send" => confirm::mark_sent(db, cx, &payer, read, now).await.map_err(page_error)?,
        _ => return Err(PageError::NotFound),
    };
    Ok(see_other(&format!("/console/batches/{id}")))
}

/// The file for the bank, as the lines were confirmed. Taking it is recorded.
pub(super) async fn file(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: BatchId = path.parse().or(Err(PageError::NotFound))?;
    let batch = store::payment::find_batch(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let payer = payer(&posted.by, &batch.region).await?;
    let text = confirm::bank_file(&app.db, &app.cx, &payer, id, app.clock.now()).await.map_err(page_error)?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"batch.txt\""))
        .body(text))
}

#[derive(Debug, Deserialize)]
pub(super) struct Said {
    result: String,
}

pub(super) async fn settle(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Said>,
) -> Result<HttpResponse, PageError> {
    let id: PaymentId = path.parse().or(Err(PageError::NotFound))?;
    let payment = store::payment::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let batch = store::payment::find_batch(&app.db, payment.batch_id).await?.ok_or(PageError::NotFound)?;
    let payer = payer(&posted.by, &batch.region).await?;
    let result = RESULTS.iter().find(|(code, _, _)| *code == posted.form.result);
    let (_, _, result) = *result.ok_or(PageError::Stale)?;
    bank::payment_result(&app.db, &app.cx, &payer, (id, result), app.clock.now())
        .await
        .map_err(page_error)?;
    Ok(see_other(&format!("/console/batches/{}", batch.id)))
}
