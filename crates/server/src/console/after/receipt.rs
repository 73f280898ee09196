//! 回执确认 by telephone: a worker writes down whether the money came.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{aid::commands::receipt, ids::CaseId};
use serde::Deserialize;

use super::super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/after/receipt.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    choices: Vec<Choice>,
    chosen: String,
}

fn show(by: &SignedIn, (case, number): (CaseId, String)) -> Page {
    Page {
        frame: by.frame().console().titled("记录收到没有"),
        case,
        number,
        choices: vec![
            Choice::new("yes", "收到了"),
            Choice::new("no", "没有收到").noted("查银行回单和账户，查清楚打电话"),
        ],
        chosen: String::new(),
    }
}

pub(in crate::console) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&by, (case.id, case.number)))
}

#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(in crate::console) struct Said {
    received: String,
}

pub(in crate::console) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Said>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let received = match posted.form.received.as_str() {
        "yes" => true,
        "no" => false,
        _ => {
            let page = show(&posted.by, (case.id, case.number));
            let frame = page.frame.with(Mistakes::one("received", "请选一个"));
            return mistaken(&Page { frame, ..page });
        }
    };
    let said = (case.id, received);
    receipt::say_for(&app.db, &app.cx, &worker, said, app.clock.now()).await.map_err(page_error)?;
    Ok(see_other(&format!("/console/aid/{}", case.id)))
}
