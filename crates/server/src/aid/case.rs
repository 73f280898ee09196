//! One request: where it stands, what comes next, what has happened; and the page that says that it has arrived.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account,
    aid::{
        closing::Reason,
        commands::evidence,
        progress, store,
        view::{ForApplicant, Stage},
    },
    calendar::{local_date, say},
    evidence::Item,
    ids::CaseId,
};

use super::words::{tag, yuan};
use crate::{
    app::App,
    page::{Answer, Brand, Frame, Moment, PageError, Tag, html},
    session::SignedIn,
};

/// A request that the reader follows; others do not exist for him.
pub(super) async fn followed(app: &App, by: &SignedIn, id: &str) -> Result<ForApplicant, PageError> {
    let id: CaseId = id.parse().or(Err(PageError::NotFound))?;
    progress::one(&app.db, &by.account.id, id, app.clock.now()).await?.ok_or(PageError::NotFound)
}

#[derive(Template)]
#[template(path = "aid/case.html")]
struct Page {
    frame: Frame,
    id: CaseId,
    tag: Tag,
    steps: Vec<Moment>,
    facts: Vec<Answer>,
    /// What to do here, and where.
    next: (String, &'static str),
    /// Where papers can be sent after the request, and may they?
    papers: String,
    may_add: bool,
    may_withdraw: bool,
    /// May one say that the money came, and still say that it did not?
    asks: Option<bool>,
    /// Where a photograph of what shows that it came is sent.
    shows: Option<String>,
    /// What is said of money that is asked back.
    asked_back: Option<&'static str>,
    /// Why the help has ended.
    closed: Option<&'static str>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let case = followed(&app, &by, &path).await?;
    let today = local_date(app.clock.now());
    let mut facts = vec![Answer::new("编号", case.number.as_str())];
    facts.extend(case.for_whom.as_deref().map(|name| Answer::new("为谁申请", name)));
    facts.push(Answer::new("困难", case.called.as_str()));
    facts.extend(case.approved.map(|amount| Answer::new("同意帮扶", yuan(amount))));
    if let Some((_, amount, come)) = case.asked_back {
        facts.push(Answer::new("要退回", yuan(amount)));
        facts.push(Answer::new("已经退回", yuan(come)));
    }
    if let Some(worker) = &case.worker
        && let Some(worker) = account::store::find(&app.db, worker).await?
    {
        facts.push(Answer::new("谁在办", worker.name));
    }
    let past = case.past.iter().map(|(stage, at)| Moment {
        what: stage.label().to_owned(),
        when: say::date(local_date(*at), today),
        done: true,
    });
    let next = case.stage.next().map(|next| Moment {
        what: format!("接下来：{next}"),
        when: case.next_by.map(|day| format!("最晚{}", say::date(day, today))).unwrap_or_default(),
        done: false,
    });
    html(&Page {
        frame: by.frame().branded(Brand::Care).titled("申请进度"),
        id: case.case,
        tag: tag(case.stage),
        steps: past.chain(next).collect(),
        facts,
        next: match (&case.missing, &case.refused) {
            (Some(_), _) => (format!("/aid/cases/{}/supplement", case.case), "看看差什么"),
            (None, Some(_)) => (format!("/aid/cases/{}/reason", case.case), "看看原因"),
            (None, None) if case.stage == Stage::PapersDue => {
                (format!("/aid/cases/{}/papers", case.case), "补交材料")
            }
            (None, None) => ("/home".to_owned(), "回首页"),
        },
        may_add: !case.stage.is_over() && case.stage != Stage::PapersDue,
        shows: shows(&app, case.case).await?,
        papers: format!("/aid/cases/{}/papers", case.case),
        asks: case.asks_receipt.then_some(case.stage == Stage::Paid),
        closed: case.closed.map(Reason::words),
        asked_back: case.asked_back.map(|(cause, _, _)| cause.words()),
        may_withdraw: case.may_withdraw,
    })
}

/// Where what shows that the money came is sent, once she has said that it did.
async fn shows(app: &App, case: CaseId) -> Result<Option<String>, PageError> {
    let case = store::case::find(&app.db, case).await?.ok_or(PageError::NotFound)?;
    let takes = evidence::takes(&app.db, &case).await?.contains(&Item::Receipt);
    Ok(takes.then(|| format!("/aid/cases/{}/papers/{}", case.id, Item::Receipt.code())))
}

#[derive(Template)]
#[template(path = "aid/received.html")]
struct Received {
    frame: Frame,
    id: CaseId,
    number: String,
    sent: String,
    steps: Vec<Moment>,
}

/// That it has arrived. Says the same when it is opened again, whatever has happened since.
pub(super) async fn received(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let case = followed(&app, &by, &path).await?;
    let now = app.clock.now();
    // A day can be named only for the first step, and only while it is the next one.
    let call = case.next_by.filter(|_| case.stage == Stage::Received);
    let call = call.map(|day| format!("最晚{}", say::date(day, local_date(now)))).unwrap_or_default();
    let step = |what: &str, when: &str| Moment { what: what.to_owned(), when: when.to_owned(), done: false };
    html(&Received {
        frame: by.frame().branded(Brand::Care).titled("申请已经收到"),
        id: case.case,
        sent: say::moment(case.sent_at, now),
        steps: vec![
            step("工作人员打电话给您", &call),
            step("两位同志上门看望", "上门前会先和您约时间"),
            step("审批，再公示", "有结果就告诉您"),
            step("汇款", ""),
        ],
        number: case.number,
    })
}
