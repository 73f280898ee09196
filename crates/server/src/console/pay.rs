//! What is done with a batch: made by one payer, confirmed by another, looked at on the day, sent, and the bank's answer for a line.

use actix_web::{HttpResponse, http::header, web};
use domain::{
    aid::{
        AidError, Refusal,
        commands::{batch, confirm, day_check::check_day, settle as bank},
        payment::{BankResult, ReturnReason},
        store,
    },
    authority::{Payer, Role},
    ids::{BankLayoutId, BatchId, PaymentId},
};
use serde::Deserialize;

use super::batch as batch_page;
use crate::{
    aid::page_error,
    app::App,
    page::{Mistakes, PageError, mistaken, see_other},
    session::{Posted, Pressed, SignedIn},
};

/// What the bank may have done, as the form says it.
pub(super) const RESULTS: [(&str, &str, BankResult); 5] = [
    ("paid", "已付", BankResult::Paid),
    ("name", "退汇：户名不符", BankResult::Returned(ReturnReason::NameDiffers)),
    ("account", "退汇：账户不存在或已注销", BankResult::Returned(ReturnReason::NoSuchAccount)),
    ("blocked", "退汇：账户状态异常", BankResult::Returned(ReturnReason::AccountBlocked)),
    ("other", "退汇：其他原因", BankResult::Returned(ReturnReason::Other)),
];

pub(super) async fn payer(by: &SignedIn, region: &domain::ids::RegionCode) -> Result<Payer, PageError> {
    Payer::among(&by.grants().await?, region.clone()).ok_or(PageError::NotFound)
}

/// In which bank's layout; empty for the plain one.
#[derive(Debug, Deserialize)]
pub(super) struct Make {
    #[serde(default)]
    layout: String,
}

pub(super) async fn open(app: web::Data<App>, posted: Posted<Make>) -> Result<HttpResponse, PageError> {
    let layout = match posted.form.layout.as_str() {
        "" => None,
        id => Some(id.parse::<BankLayoutId>().or(Err(PageError::Stale))?),
    };
    let grants = posted.by.grants().await?;
    let region = grants.regions(Role::Payer).next().cloned().ok_or(PageError::NotFound)?;
    let payer = payer(&posted.by, &region).await?;
    match batch::open_batch(&app.db, &app.cx, &payer, (&region, layout), app.clock.now()).await {
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
        "check" => {
            check_day(db, cx, &payer, id, now).await.map_err(page_error)?;
            found
        }
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
    let file = confirm::bank_file(&app.db, &app.cx, &payer, id, app.clock.now()).await.map_err(page_error)?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"batch.{}\"", file.extension),
        ))
        .body(file.bytes))
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
    if posted.form.result.is_empty() {
        let page = batch_page::show(&app, &posted.by, batch.id).await?;
        return mistaken(&page.with(Mistakes::one(batch_page::field(id), "请选银行的结果")));
    }
    let result = RESULTS.iter().find(|(code, _, _)| *code == posted.form.result);
    let (_, _, result) = *result.ok_or(PageError::Stale)?;
    bank::payment_result(&app.db, &app.cx, &payer, (id, result), app.clock.now())
        .await
        .map_err(page_error)?;
    Ok(see_other(&format!("/console/batches/{}", batch.id)))
}
