//! A case on the desk: what each role may see, and the buttons of the roles.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{Case, Happened, Status, store},
    authority::{Grants, Role},
    calendar::{local_date, local_time, say},
    ids::CaseId,
    person,
    privacy::mask,
};

use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/case.html")]
struct Page {
    frame: Frame,
    id: CaseId,
    number: String,
    name: String,
    group: &'static str,
    status: &'static str,
    proposed: Option<String>,
    approved: Option<String>,
    rounds: Vec<(i32, &'static str)>,
    notice: Option<String>,
    log: Vec<(String, String)>,
    buttons: Vec<(&'static str, &'static str)>,
    visit: bool,
    audits: bool,
}

/// A case that one of the reader's roles covers; others do not exist.
pub(super) async fn reached(app: &App, grants: &Grants, text: &str) -> Result<Case, PageError> {
    let id: CaseId = text.parse().or(Err(PageError::NotFound))?;
    let case = store::case::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let place = case.place();
    if grants.all().iter().any(|grant| grant.scope.covers(&place)) {
        Ok(case)
    } else {
        Err(PageError::NotFound)
    }
}

/// The buttons of a status, each with the role that presses it.
const fn buttons(status: Status) -> &'static [(Role, &'static str, &'static str)] {
    match status {
        Status::Submitted => &[(Role::Worker, "accept", "受理")],
        Status::Visited => &[(Role::Worker, "ask", "送去审批")],
        Status::InApproval => &[(Role::Worker, "reserve", "经费到位，再预占")],
        Status::Approved => &[(Role::Publisher, "publish", "发布公示")],
        _ => &[],
    }
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let person = person::store::find(&app.db, case.person_id).await?.ok_or(PageError::NotFound)?;
    let today = local_date(app.clock.now());
    // Those who visit must know whom; those who pay or audit need no name here.
    let name = if grants.has(Role::Worker) { person.name } else { mask::name(&person.name) };
    let log = store::case::log(&app.db, case.id).await?.into_iter().map(|event| {
        let at = format!("{}{}", say::date(local_date(event.at), today), say::time(local_time(event.at)));
        (at, label(&event.what).to_owned())
    });
    let rounds = store::approval::of_case(&app.db, case.id).await?;
    let notice = store::notice::of_case(&app.db, case.id).await?.map(|notice| notice.text);
    html(&Page {
        frame: by.frame().console(),
        id: case.id,
        number: case.number.clone(),
        name,
        group: case.category.group().label(),
        status: case.status.label(),
        proposed: case.proposed.map(|amount| amount.to_string()),
        approved: case.approved.map(|amount| amount.to_string()),
        rounds: rounds.into_iter().map(|round| (round.round, round.state.label())).collect(),
        notice,
        log: log.collect(),
        buttons: buttons(case.status)
            .iter()
            .filter(|(role, _, _)| grants.has(*role))
            .map(|(_, act, label)| (*act, *label))
            .collect(),
        visit: grants.has(Role::Worker) && matches!(case.status, Status::Accepted | Status::Visited),
        audits: grants.has(Role::AuditAdmin),
    })
}

/// What happened, in the words of the desk.
const fn label(what: &Happened) -> &'static str {
    match what {
        Happened::Submitted => "申请人提交",
        Happened::Accepted => "受理",
        Happened::Visited { .. } => "家访",
        Happened::ApprovalAsked { .. } => "送审",
        Happened::ApprovalCreated { .. } => "审批已建立",
        Happened::Approved { .. } => "审批同意，经费已预占",
        Happened::BudgetShort { .. } => "审批同意，经费不足",
        Happened::Refused { .. } => "审批不同意",
        Happened::ApprovalWithdrawn { .. } => "审批撤回，回到经办人",
        Happened::DecisionVoid { .. } => "审批无效，回到经办人",
        Happened::DecisionTooLate { .. } => "审批来迟，不再改变",
        Happened::Withdrawn => "申请人撤回",
        Happened::NoticePublished { .. } => "公示",
        Happened::Objected { .. } => "有异议，公示暂停",
        Happened::ObjectionDismissed { .. } => "异议不成立，继续公示",
        Happened::ObjectionUpheld { .. } => "异议成立",
        Happened::NoticeClosed { .. } => "公示期满",
        Happened::PutInBatch { .. } => "列入发放批次",
        Happened::TakenOutOfBatch { .. } => "移出发放批次",
        Happened::BatchConfirmed { .. } => "批次复核",
        Happened::BatchSent { .. } => "送银行",
        Happened::Paid { .. } => "已发放",
        Happened::Returned { .. } => "银行退汇",
        Happened::AccountChecked => "账户已核对",
        Happened::Terminated { .. } => "终止",
    }
}
