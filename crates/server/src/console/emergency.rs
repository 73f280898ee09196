//! 先救后补 at the desk: asking for it, and saying yes or no.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    aid::{
        AidError, Case, Refusal, Status,
        commands::{emergency, read},
        emergency::{Emergency, EmergencyState, Papers, Reached},
        procedure::{Limit, in_force},
        store,
        supplement::WORDS,
    },
    authority::{Approver, Worker},
    calendar::{local_date, local_time, say},
    ids::{AccountId, CaseId, EmergencyId},
    person::leader::Discretion,
};
use ledger::Fen;
use notify::words::refusal;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{
    case::{reached, worked},
    visit::sum,
};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/emergency.html")]
struct Form {
    frame: Frame,
    case: CaseId,
    number: String,
    once: EmergencyId,
    cap: Option<(String, String)>,
    typed: Typed,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    once: String,
    yuan: String,
    why: String,
}

async fn blank(
    app: &App,
    by: &SignedIn,
    (case, once): (&Case, EmergencyId),
    typed: Typed,
) -> Result<Form, PageError> {
    let rows = store::procedure::all(&app.db).await?;
    let set = in_force(&rows, Limit::EmergencyCap, &case.region, local_date(app.clock.now()));
    Ok(Form {
        frame: by.frame().console().titled("先救后补"),
        case: case.id,
        number: case.number.clone(),
        once,
        cap: set.map(|set| (Fen::yuan(i64::from(set.value)).to_string(), set.row.source.clone())),
        typed,
        longest: WORDS,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&blank(&app, &by, (&case, EmergencyId::new(app.clock.now())), Typed::default()).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let typed = posted.form;
    let id: EmergencyId = typed.once.parse().or(Err(PageError::Stale))?;
    let mistake = match sum(&typed.yuan) {
        Err(_) => ("yuan", "请写数字，单位是元".to_owned()),
        Ok(amount) => {
            let asked = (case.id, id, amount, typed.why.as_str());
            match emergency::ask(&app.db, &app.cx, &worker, asked, app.clock.now()).await {
                Ok(_) => return Ok(see_other(&format!("/console/aid/{}/emergencies/{id}", case.id))),
                Err(AidError::Refused(Refusal::Words)) => ("why", format!("请写几句话，最多{WORDS}个字")),
                Err(AidError::Refused(no @ Refusal::EmergencyCap { .. })) => {
                    ("yuan", refusal::aid(&no).replace('\n', ""))
                }
                Err(error) => return Err(page_error(error)),
            }
        }
    };
    let page = blank(&app, &posted.by, (&case, id), typed).await?;
    let frame = page.frame.with(Mistakes::one(mistake.0, mistake.1));
    mistaken(&Form { frame, ..page })
}

#[derive(Template)]
#[template(path = "console/emergency_word.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    emergency: EmergencyId,
    number: String,
    why: String,
    rows: Vec<Answer>,
    /// What an approver may still say: both words, or only that he takes them back.
    speaks: Option<bool>,
    reached: Vec<Choice>,
    chosen: String,
}

/// Who said what, when, and how he was reached.
async fn said(
    app: &App,
    (who, at, via): (Option<&AccountId>, Option<DateTime<Utc>>, Option<Reached>),
    today: NaiveDate,
) -> Result<Option<String>, PageError> {
    let (Some(who), Some(at)) = (who, at) else { return Ok(None) };
    let when = format!("{}{}", say::date(local_date(at), today), say::time(local_time(at)));
    let how = via.map(|via| format!("，{}找到的", via.label())).unwrap_or_default();
    Ok(Some(format!("{}，{when}{how}", called(app, who).await?)))
}

async fn rows(app: &App, case: &Case, it: &Emergency) -> Result<Vec<Answer>, PageError> {
    let today = local_date(app.clock.now());
    let mut rows = vec![
        Answer::new("先发多少", it.amount.to_string()),
        Answer::new("当时的上限", it.cap.to_string()),
        Answer::new("上限的依据", it.cap_source.clone()),
        Answer::new("状态", it.state.label()),
    ];
    let second = if it.state == EmergencyState::Refused { "谁不同意" } else { "第二人同意" };
    for (name, said_by) in [
        ("谁提的", (Some(&it.asked_by), Some(it.asked_at), None)),
        ("第一人同意", (it.first_by.as_ref(), it.first_at, it.first_via)),
        (second, (it.decided_by.as_ref(), it.decided_at, it.decided_via)),
        ("手续谁收的", (it.papers_by.as_ref(), it.papers_at, None)),
    ] {
        rows.extend(said(app, said_by, today).await?.map(|words| Answer::new(name, words)));
    }
    rows.extend(papers(it.papers(case, today), today).map(|(words, _)| Answer::new("手续", words)));
    Ok(rows)
}

/// How it is with the papers, and whether that is late.
pub(super) fn papers(papers: Papers, today: NaiveDate) -> Option<(String, bool)> {
    Some(match papers {
        Papers::NotDue => return None,
        Papers::Due(until) => (format!("还没到，最晚{}", say::date(until, today)), false),
        Papers::Late(until) => (format!("还没到，超期，最晚应是{}", say::date(until, today)), true),
        Papers::Came(on) => (format!("{}到了", say::date(on, today)), false),
        Papers::CameLate(on) => (format!("{}才到，超期", say::date(on, today)), true),
    })
}

/// The emergency of a case that one of the reader's roles covers.
async fn found(app: &App, case: &Case, text: &str) -> Result<Emergency, PageError> {
    let id: EmergencyId = text.parse().or(Err(PageError::NotFound))?;
    let found = store::emergency::find(&app.db, id).await?.filter(|found| found.case_id == case.id);
    found.ok_or(PageError::NotFound)
}

async fn show(app: &App, by: &SignedIn, path: &(String, String), chosen: &str) -> Result<Page, PageError> {
    let grants = by.grants().await?;
    let case = reached(app, &grants, &path.0).await?;
    let (it, now, place) = (found(app, &case, &path.1).await?, app.clock.now(), case.place());
    let (db, cx, which) = (&app.db, &app.cx, (case.id, it.id));
    let approver = Approver::among(&grants, place.clone());
    let why = match (&approver, Worker::among(&grants, place)) {
        (Some(approver), _) => read::emergency(db, cx, approver, which, now).await,
        (None, Some(worker)) => read::emergency(db, cx, &worker, which, now).await,
        (None, None) => return Err(PageError::NotFound),
    };
    let why = why.map_err(page_error)?;
    let discretion = Discretion::towards(db, &grants).await?;
    let speaks = match it.state {
        EmergencyState::Asked => Some(true),
        EmergencyState::Granted if case.status == Status::Urgent => Some(false),
        EmergencyState::Granted | EmergencyState::Refused => None,
    };
    Ok(Page {
        frame: by.frame().console().titled("先救后补"),
        case: case.id,
        emergency: it.id,
        number: case.number.clone(),
        why: discretion.says(why.expose_secret()),
        rows: rows(app, &case, &it).await?,
        speaks: speaks.filter(|_| approver.is_some()),
        reached: Reached::all().map(|one| Choice::new(one.code(), one.label())).collect(),
        chosen: chosen.to_owned(),
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, &path, "").await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Word {
    act: String,
    reached: String,
}

/// Without a word about how he was reached, nothing is written down.
pub(super) async fn speak(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    posted: Posted<Word>,
) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let case = reached(&app, &grants, &path.0).await?;
    let (it, now) = (found(&app, &case, &path.1).await?, app.clock.now());
    let approver = Approver::among(&grants, case.place()).ok_or(PageError::NotFound)?;
    let yes = match posted.form.act.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::NotFound),
    };
    let Some(reached) = Reached::parse(&posted.form.reached) else {
        let page = show(&app, &posted.by, &path, "").await?;
        let frame = page.frame.with(Mistakes::one("reached", "请选怎么找到您的"));
        return mistaken(&Page { frame, ..page });
    };
    let word = (it.id, emergency::Word { yes, reached });
    match emergency::speak(&app.db, &app.cx, &approver, word, now).await {
        Ok(_) => {}
        Err(AidError::Refused(no @ Refusal::EmergencyCap { .. })) => {
            let page = show(&app, &posted.by, &path, &posted.form.reached).await?;
            let words =
                format!("{}上限降了，请选不同意。", refusal::aid(&no).lines().next().unwrap_or_default());
            return mistaken(&Page { frame: page.frame.with(Mistakes::one("reached", words)), ..page });
        }
        Err(error) => return Err(page_error(error)),
    }
    Ok(see_other_saying(&format!("/console/aid/{}/emergencies/{}", case.id, it.id), Said::Kept))
}
