//! What the applicant wrote and what the visitors found, for workers of the place. Opening it is recorded.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account,
    aid::{
        commands::{read, stop},
        draft::{Complete, Pay, Reach},
        progress::for_worker,
        store,
        view::VisitLine,
    },
    authority::Worker,
    calendar::say,
    ids::{AccountId, CaseId},
    person::leader::Discretion,
};
use secrecy::ExposeSecret;

use super::case::reached;
use crate::{
    aid::page_error,
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/file.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    name: String,
    asked: Vec<Answer>,
    visits: Vec<Visited>,
}

struct Visited {
    when: String,
    rows: Vec<Answer>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let worker = Worker::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let now = app.clock.now();
    let discretion = Discretion::towards(&app.db, &grants).await?;
    let seen = for_worker(&app.db, &worker, case.id, now).await.map_err(page_error)?;
    let asked = read::answers(&app.db, &app.cx, &worker, case.id, now).await.map_err(page_error)?;
    let mut visits = Vec::with_capacity(seen.visits.len());
    for visit in &seen.visits {
        visits.push(visited(&app, (&worker, &discretion), (case.id, visit)).await?);
    }
    let category = store::category::load(&app.db).await?.called(&case);
    let mut noted = Vec::new();
    for (why, evidence) in stop::notes(&app.db, &app.cx, &worker, &case).await.map_err(page_error)? {
        noted.push(Answer::new("别处帮扶的说明", discretion.says(why.expose_secret())));
        noted.push(Answer::new("看到的材料", discretion.says(evidence.expose_secret())));
    }
    html(&Page {
        frame: by.frame().console().titled("申请和家访"),
        case: case.id,
        number: seen.number,
        name: seen.name,
        asked: rows(&asked, &category, &discretion).into_iter().chain(noted).collect(),
        visits,
    })
}

async fn visited(
    app: &App,
    (worker, discretion): (&Worker, &Discretion),
    (case, visit): (CaseId, &VisitLine),
) -> Result<Visited, PageError> {
    let now = app.clock.now();
    let found =
        read::findings(&app.db, &app.cx, worker, (case, visit.visit), now).await.map_err(page_error)?;
    let who = format!("{}、{}", name(app, &visit.lead).await?, name(app, &visit.second).await?);
    Ok(Visited {
        when: say::date(visit.on, visit.on),
        rows: vec![
            Answer::new("谁去的", who),
            Answer::new("看到的情况", discretion.says(found.expose_secret())),
            Answer::new("建议金额", visit.proposed.to_string()),
        ],
    })
}

async fn name(app: &App, account: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, account).await?;
    Ok(found.map_or_else(|| account.to_string(), |account| account.name))
}

fn rows(asked: &Complete, category: &str, discretion: &Discretion) -> Vec<Answer> {
    let both =
        |one: &str, other: &str| if other.is_empty() { one.to_owned() } else { format!("{one}，{other}") };
    let elsewhere: Vec<&str> = asked.elsewhere.iter().map(|one| one.label()).collect();
    let reach = match &asked.reach {
        Reach::OnFile => "登记的电话".to_owned(),
        Reach::Other(phone) => say::telephone(phone),
    };
    let pay = match asked.pay {
        Pay::OnFile => "登记的银行卡",
        Pay::CallMe => "先打电话商量",
    };
    vec![
        Answer::new("困难", both(category, &discretion.says(&asked.reason))),
        Answer::new(
            "本人的话",
            if asked.words.is_empty() { "没有写".to_owned() } else { discretion.says(&asked.words) },
        ),
        Answer::new("开始时间", asked.since.label()),
        Answer::new("别处的帮助", elsewhere.join("、")),
        Answer::new("联系方式", both(&reach, &discretion.says(&asked.visit_when))),
        Answer::new("汇到哪里", pay),
    ]
}
