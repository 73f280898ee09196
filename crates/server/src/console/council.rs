//! 集体研究: writing a meeting down, and its sheet to print and sign.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    account,
    aid::{
        AidError, Case, Refusal, Status,
        commands::council::{NewCouncil, record},
        council::{Vote, tally},
        store,
        supplement::WORDS,
    },
    authority::{self, Role},
    calendar::{local_date, say},
    ids::{AccountId, CaseId, CouncilId},
    person,
    privacy::mask,
};
use notify::words::refusal;

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/council.html")]
struct Form {
    frame: Frame,
    case: CaseId,
    number: String,
    once: CouncilId,
    on: String,
    members: Vec<Member>,
    why: String,
    longest: usize,
    /// Meetings that were written down.
    held: Vec<(CouncilId, String)>,
    open: bool,
}

/// Somebody who may take part, and the vote that is chosen.
struct Member {
    id: String,
    name: String,
    votes: Vec<(&'static str, &'static str, bool)>,
}

/// What was typed: the day, the words, a vote for each login.
#[derive(Clone, Default)]
struct Typed {
    on: String,
    why: String,
    votes: BTreeMap<String, String>,
}

impl Typed {
    fn read(form: &[(String, String)]) -> Self {
        let one = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let votes = form
            .iter()
            .filter_map(|(key, value)| Some((key.strip_prefix("vote-")?.to_owned(), value.clone())));
        Self {
            on: one("on").unwrap_or_default(),
            why: one("why").unwrap_or_default(),
            votes: votes.collect(),
        }
    }
}

/// Everybody who works on cases or decides on them there.
async fn members(app: &App, case: &Case, typed: &Typed) -> Result<Vec<Member>, PageError> {
    let (place, now) = (case.place(), app.clock.now());
    let mut ids = authority::store::holders(&app.db, Role::Worker, &place, now).await?;
    for approver in authority::store::holders(&app.db, Role::Approver, &place, now).await? {
        if !ids.contains(&approver) {
            ids.push(approver);
        }
    }
    let mut members = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(found) = account::store::find(&app.db, &id).await? else { continue };
        let chosen = typed.votes.get(id.as_str()).map_or("", String::as_str);
        let votes = Vote::ALL.map(|vote| (vote.code(), vote.label(), vote.code() == chosen)).to_vec();
        members.push(Member { id: id.to_string(), name: found.name, votes });
    }
    Ok(members)
}

async fn show(
    app: &App,
    by: &SignedIn,
    (case, once): (&Case, CouncilId),
    typed: Typed,
) -> Result<Form, PageError> {
    let today = local_date(app.clock.now());
    let held = store::council::of_case(&app.db, case.id).await?.into_iter().map(|held| {
        let word = if held.supported { "同意" } else { "没有同意" };
        (held.id, format!("{}，{word}", say::date(held.held_on, today)))
    });
    Ok(Form {
        frame: by.frame().console().titled("集体研究"),
        case: case.id,
        number: case.number.clone(),
        once,
        members: members(app, case, &typed).await?,
        on: typed.on,
        why: typed.why,
        longest: WORDS,
        held: held.collect(),
        open: case.status == Status::Visited,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    let now = app.clock.now();
    let typed = Typed { on: local_date(now).to_string(), ..Typed::default() };
    html(&show(&app, &by, (&case, CouncilId::new(now)), typed).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let (case, worker) = worked(&app, &posted.by, &path).await?;
    let once = posted.form.iter().find(|(key, _)| key == "once").map(|(_, value)| value.parse::<CouncilId>());
    let Some(Ok(id)) = once else { return Err(PageError::Stale) };
    let typed = Typed::read(&posted.form);
    let mistake = match read(&typed, id) {
        Err(mistake) => mistake,
        Ok(new) => match record(&app.db, &app.cx, &worker, (case.id, new), app.clock.now()).await {
            Ok(_) => return Ok(see_other(&format!("/console/aid/{}/council/{id}", case.id))),
            Err(AidError::Refused(Refusal::Words)) => ("why", format!("没有同意要写原因，最多{WORDS}个字")),
            Err(AidError::Refused(no @ Refusal::CouncilDate)) => ("on", refusal::aid(&no).replace('\n', "")),
            Err(AidError::Refused(
                no @ (Refusal::Quorum { .. } | Refusal::MustRecuse(_) | Refusal::NotAMember),
            )) => ("members", refusal::aid(&no).replace('\n', "")),
            Err(error) => return Err(page_error(error)),
        },
    };
    let page = show(&app, &posted.by, (&case, id), typed).await?;
    let frame = page.frame.with(Mistakes::one(mistake.0, mistake.1));
    mistaken(&Form { frame, ..page })
}

fn read(typed: &Typed, id: CouncilId) -> Result<NewCouncil, (&'static str, String)> {
    let held_on = typed.on.parse::<NaiveDate>().or(Err(("on", "请写开会的日期".to_owned())))?;
    let mut votes = Vec::new();
    for (who, vote) in typed.votes.iter().filter(|(_, vote)| !vote.is_empty()) {
        let read = AccountId::parse(who).zip(Vote::parse(vote));
        votes.push(read.ok_or_else(|| ("members", "请重新选一遍".to_owned()))?);
    }
    if votes.is_empty() {
        return Err(("members", "请选谁参加了，怎么表决".to_owned()));
    }
    Ok(NewCouncil { id, held_on, votes, why: typed.why.clone() })
}

#[derive(Template)]
#[template(path = "console/council_sheet.html")]
struct Sheet {
    frame: Frame,
    case: CaseId,
    rows: Vec<Answer>,
    votes: Vec<(String, &'static str)>,
}

/// The sheet: what was decided, by whom, with a line to sign for each.
pub(super) async fn sheet(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path.0).await?;
    let id: CouncilId = path.1.parse().or(Err(PageError::NotFound))?;
    let all = store::council::of_case(&app.db, case.id).await?;
    let held = all.into_iter().find(|held| held.id == id).ok_or(PageError::NotFound)?;
    let votes = store::council::votes(&app.db, id).await?;
    let quorum = usize::try_from(held.quorum).unwrap_or_default();
    let counted = tally(votes.iter().map(|vote| vote.vote), quorum).or(Err(PageError::NotFound))?;
    let person = person::store::find(&app.db, case.person_id).await?.ok_or(PageError::NotFound)?;
    let mut signed = Vec::with_capacity(votes.len());
    for vote in votes {
        signed.push((called(&app, &vote.account_id).await?, vote.vote.label()));
    }
    let group = store::category::load(&app.db).await?.group(case.category);
    let rows = vec![
        Answer::new("个案", case.number),
        Answer::new("申请人", mask::name(&person.name)),
        Answer::new("类别", group.label()),
        Answer::new("日期", say::full_date(held.held_on)),
        Answer::new("参加表决", format!("{}人，至少要{}人", counted.voting(), held.quorum)),
        Answer::new(
            "表决",
            format!("同意{}票，不同意{}票，弃权{}票", counted.agreed, counted.against, counted.abstained),
        ),
        Answer::new("回避", format!("{}人", counted.recused)),
        Answer::new("结果", if held.supported { "同意送审批" } else { "没有同意" }),
        Answer::new("记录", called(&app, &held.recorded_by).await?),
    ];
    html(&Sheet {
        frame: by.frame().console().titled("集体研究决定单"), case: case.id, rows, votes: signed
    })
}
