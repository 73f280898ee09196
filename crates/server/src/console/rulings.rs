//! What was missing, what was decided and what was said against that, all of a case. Opening it is recorded.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        appeal::Outcome,
        commands::papers::{self, Papers},
    },
    calendar::say,
    ids::CaseId,
    person::leader::Discretion,
};
use secrecy::ExposeSecret;

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/rulings.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    papers: Vec<(String, Vec<Answer>)>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &by, &path).await?;
    let read = papers::papers(&app.db, &app.cx, &worker, case.id, app.clock.now()).await;
    let discretion = Discretion::towards(&app.db, &by.grants().await?).await?;
    html(&Page {
        frame: by.frame().console().titled("补正、决定和申诉"),
        case: case.id,
        number: case.number,
        papers: rows(&read.map_err(page_error)?, &discretion),
    })
}

fn rows(read: &Papers, discretion: &Discretion) -> Vec<(String, Vec<Answer>)> {
    let mut all = Vec::new();
    for one in &read.missing {
        let came = one.answer.as_ref().map(|answer| discretion.says(answer.expose_secret()));
        let waits = if one.is_open { "还没有补来" } else { "没有补来" };
        let rows = vec![
            Answer::new("还差什么", discretion.says(one.asked.expose_secret())),
            Answer::new("最晚哪天", say::full_date(one.until)),
            Answer::new("补来了什么", came.unwrap_or_else(|| waits.to_owned())),
        ];
        all.push((format!("{}的补正", say::full_date(one.on)), rows));
    }
    for one in &read.rulings {
        let words = one.words.expose_secret();
        let mut rows = vec![Answer::new("原因", one.ground.label())];
        rows.extend((!words.is_empty()).then(|| Answer::new("说明", discretion.says(words))));
        rows.extend((!one.basis.is_empty()).then(|| Answer::new("依据", one.basis.as_str())));
        rows.extend(one.until.map(|until| Answer::new("最晚哪天申诉", say::full_date(until))));
        all.push((format!("{}的决定", say::full_date(one.on)), rows));
    }
    for one in &read.appeals {
        let mut rows = vec![Answer::new("申请人怎么说", discretion.says(one.said.expose_secret()))];
        match &one.judged {
            None => rows.push(Answer::new("处理", "待处理")),
            Some((outcome, reason)) => {
                let word = if *outcome == Outcome::Upheld { "成立" } else { "不成立" };
                rows.push(Answer::new("处理", word));
                let reason = reason.as_ref().map(|reason| discretion.says(reason.expose_secret()));
                rows.extend(reason.map(|reason| Answer::new("答复", reason)));
            }
        }
        all.push((format!("{}的申诉", say::full_date(one.on)), rows));
    }
    all
}
