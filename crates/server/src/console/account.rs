//! 新账户确认: an account that was changed lately, and who makes sure that it is the person's.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        AidError, Case, Refusal,
        commands::account::vouch_for_account,
        payment::{NEW_FOR_DAYS, REASON},
        store,
    },
    authority::Worker,
    calendar::say,
    ids::CaseId,
    person,
};
use serde::Deserialize;

use super::case::reached;
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/account.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    rows: Vec<Answer>,
    reason: String,
    longest: usize,
    days: i64,
}

async fn worked(app: &App, by: &SignedIn, case: &str) -> Result<(Case, Worker), PageError> {
    let grants = by.grants().await?;
    let case = reached(app, &grants, case).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    Ok((case, worker))
}

async fn show(app: &App, by: &SignedIn, case: Case, reason: String) -> Result<Page, PageError> {
    let now = app.clock.now();
    let change = store::account::unvouched(&app.db, &case, now).await?;
    let change = change.ok_or_else(|| page_error(Refusal::AccountIsOld.into()))?;
    let person = person::store::find(&app.db, case.person_id).await?.ok_or(PageError::NotFound)?;
    let mut rows = vec![
        Answer::new("姓名", person.name),
        Answer::new("开户行", person.payout_bank.unwrap_or_default()),
        Answer::new("账户尾号", person.payout_tail.unwrap_or_default()),
        Answer::new("谁提出改的", called(app, &change.asked_by).await?),
    ];
    if let Some((who, at)) = change.decided_by.as_ref().zip(change.decided_at) {
        rows.push(Answer::new("谁审核的", called(app, who).await?));
        rows.push(Answer::new("什么时候改的", say::moment(at, now)));
    }
    Ok(Page {
        frame: by.frame().console().titled("确认新账户"),
        case: case.id,
        number: case.number,
        rows,
        reason,
        longest: REASON,
        days: NEW_FOR_DAYS,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&app, &by, case, String::new()).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    reason: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Sent>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let (id, reason) = (case.id, posted.form.reason);
    match vouch_for_account(&app.db, &app.cx, &worker, (id, &reason), app.clock.now()).await {
        Ok(_) => Ok(see_other(&format!("/console/aid/{id}"))),
        Err(AidError::Refused(Refusal::Vouch)) => {
            let page = show(&app, &posted.by, case, reason).await?;
            let frame = page.frame.with(Mistakes::one("reason", format!("请写怎么确认的，最多{REASON}个字")));
            mistaken(&Page { frame, ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}
