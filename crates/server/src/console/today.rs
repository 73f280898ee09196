//! What waits for this login, by its roles.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        Case, Status, deciding,
        reconcile::{self, Outcome},
        store, task,
    },
    authority::{self, Grants, Role, Scope, SecurityAdmin, reaches, substitution},
    calendar::{local_date, say},
    directory,
    notice::{self, calls},
    person, tree,
};

use super::excused::{self, EXCUSED};
use crate::{
    app::App,
    authority::substitutes,
    budget, desk, grievance, outreach,
    page::{Frame, PageError, html},
    person::{
        due::{self, Due},
        leaders,
    },
    session::SignedIn,
};

/// Cases on which somebody has something to do, and those just paid (the auditor's).
const SHOWN: [Status; 20] = [
    Status::Submitted,
    Status::Supplementing,
    Status::Accepted,
    Status::Visited,
    Status::InApproval,
    Status::Approved,
    Status::OnNotice,
    Status::Objected,
    Status::Contested,
    Status::Appealed,
    Status::Urgent,
    Status::UrgentBatch,
    Status::UrgentReturned,
    Status::PapersDue,
    Status::ReadyToPay,
    Status::InBatch,
    Status::Returned,
    Status::Paid,
    Status::Unreceived,
    Status::Received,
];

/// Lines of the list of what is to be decided.
const TASKS: u64 = 50;
/// Lines of the list of calls.
const CALLS: u64 = 20;

#[derive(Template)]
#[template(path = "console/today.html")]
struct Page {
    frame: Frame,
    name: String,
    works: Vec<(&'static str, u64)>,
    cases: Vec<Line>,
    batches: Vec<(String, String, &'static str)>,
    /// The banks whose layouts count today, for whoever pays.
    layouts: Option<Vec<(String, String)>>,
    /// Lists that some roles read, and what they are called.
    lists: Vec<(&'static str, &'static str)>,
    due: Vec<Due>,
    after_deaths: Vec<Due>,
    outreach: Vec<Due>,
    grievances: Vec<Due>,
    directory: Option<String>,
    approvals: Option<String>,
    /// What DingTalk asks this login to decide: address and number.
    tasks: Vec<(String, String)>,
    works_here: bool,
    standing: Vec<String>,
    leaders: bool,
    /// The four trees, for whoever changes or reads them, with what waits for a second person there.
    trees: Option<usize>,
    /// Orders about money that wait; `None` for whoever reads nothing about money.
    budget: Option<u64>,
    /// Grants that wait for a second person; `None` for whoever grants nothing.
    waiting: Option<usize>,
    calls: Vec<(String, String, &'static str)>,
    more_calls: u64,
}

struct Line {
    id: String,
    number: String,
    status: &'static str,
    since: String,
}

/// What whoever makes a batch may choose.
async fn layouts(
    app: &App,
    grants: &Grants,
    today: NaiveDate,
) -> Result<Option<Vec<(String, String)>>, PageError> {
    if !grants.has(Role::Payer) {
        return Ok(None);
    }
    let counting = store::bank::layouts_on(&app.db, today).await?;
    Ok(Some(counting.into_iter().map(|layout| (layout.id.to_string(), layout.bank)).collect()))
}

/// What DingTalk asks this login to decide.
async fn tasks(app: &App, by: &SignedIn) -> Result<Vec<(String, String)>, PageError> {
    let mut tasks = Vec::new();
    for task in deciding::store::waiting_for(&app.db, &by.account.id, TASKS).await? {
        if let Some(case) = store::case::find(&app.db, task.case_id).await? {
            tasks.push((format!("/console/tasks/{}", task.id), case.number));
        }
    }
    Ok(tasks)
}

/// For how many that went ahead the papers are late, for whoever asks for them, said yes, or audits.
async fn late_papers(app: &App, grants: &Grants, today: NaiveDate) -> Result<u64, PageError> {
    let roles = [Role::Worker, Role::Approver, Role::AuditAdmin];
    let scopes: Vec<Scope> = roles.into_iter().flat_map(|role| grants.scopes(role)).cloned().collect();
    if scopes.is_empty() {
        return Ok(0);
    }
    Ok(store::emergency::late(&app.db, &scopes, today).await?)
}

/// The lists that the login reads.
fn lists(grants: &Grants) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("/console/emergencies", "先救后补"),
        ("/console/follow-ups", "回访"),
        ("/console/reviews", "定期复核"),
        ("/console/clawbacks", "追回"),
        ("/console/near-misses", "接近重复的帮扶"),
    ];
    all.into_iter().filter(|(href, _)| desk::lets_in(href, grants)).collect()
}

/// Whom to telephone, because nothing else reached them: the task, the name, about what.
async fn to_telephone(app: &App, worked: &[Scope]) -> Result<Vec<(String, String, &'static str)>, PageError> {
    let mut calls = Vec::new();
    for task in calls::waiting(&app.db, worked, CALLS).await? {
        let person = person::store::find(&app.db, task.person_id).await?;
        let notice = notice::store::find(&app.db, task.notice_id).await?;
        if let (Some(person), Some(notice)) = (person, notice) {
            calls.push((task.id.to_string(), person.name, notice.occasion.label()));
        }
    }
    Ok(calls)
}

/// How our record of approvals and the platform's stand to each other, for whoever must explain it.
async fn in_step(app: &App, grants: &Grants) -> Result<Option<String>, PageError> {
    if !desk::lets_in("/console/approvals", grants) {
        return Ok(None);
    }
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let diverged = reconcile::reach::open(&app.db, &scopes, Outcome::Diverged).await?;
    let orphans = reconcile::reach::open(&app.db, &scopes, Outcome::Orphan).await?;
    Ok(Some(match diverged + orphans {
        0 => "和钉钉对得上".to_owned(),
        open => format!("{open}件和钉钉对不上，请说明"),
    }))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    if grants.is_empty() {
        return Err(PageError::NotFound);
    }
    let open = task::open(&app.db, &grants).await?.into_iter().map(|open| (open.work.label(), open.count));
    let late = late_papers(&app, &grants, today).await?;
    let works = (late > 0).then_some(("先救后补手续超期", late)).into_iter().chain(open);
    let scopes = grants.everywhere();
    let excused = excused::of(&app, &grants).await?;
    let line = |case: Case| {
        let open = excused.from(&case).is_none();
        Line {
            id: case.id.to_string(),
            number: case.number.clone(),
            status: if open { case.status.label() } else { EXCUSED },
            since: if open { say::date(local_date(case.status_at), today) } else { String::new() },
        }
    };
    let cases = store::case::waiting(&app.db, &scopes, &SHOWN, 100).await?;
    let mut batches = Vec::new();
    for region in grants.regions(Role::Payer) {
        for batch in store::payment::batches(&app.db, region, 20).await? {
            batches.push((batch.id.to_string(), batch.number.clone(), batch.state.label()));
        }
    }
    let directory = match directory::store::question(&app.db).await {
        _ if !desk::lets_in("/console/directory", &grants) => None,
        Ok(Some(asked)) => Some(format!("{}个账号要不要停用，等您答复", asked.removals)),
        Ok(None) => Some("看通讯录核对的结果".to_owned()),
        Err(error) => return Err(error.into()),
    };
    let approvals = in_step(&app, &grants).await?;
    let worked: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let (due, after_deaths) = if desk::lets_in("/console/people", &grants) {
        (due::queues(&app, &grants).await?, due::after_deaths(&app, &worked).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    let opens = |due: &Due| desk::lets_in(&due.href, &grants);
    let calls = to_telephone(&app, &worked).await?;
    let now = app.clock.now();
    let mut standing = Vec::new();
    for row in substitution::store::about(&app.db, &by.account.id, now).await? {
        standing.push(substitutes::words(&app, &by, &row).await?);
    }
    let admin = SecurityAdmin::somewhere(&grants);
    let mut waiting = admin.as_ref().map(|_| 0);
    if let (Some(admin), Some(waiting)) = (&admin, &mut waiting) {
        for grant in authority::store::waiting(&app.db, now).await? {
            *waiting += usize::from(reaches(&app.db, admin.scope(), &grant.scope).await?);
        }
    }
    let trees = if desk::lets_in("/console/trees", &grants) {
        Some(tree::store::asked(&app.db).await?.len())
    } else {
        None
    };
    let visits = outreach::today(&app, &grants, &by.account.id).await?;
    let said = grievance::today(&app, &grants, &by.account.id).await?;
    html(&Page {
        trees,
        frame: by.frame().console(),
        standing,
        budget: budget::waiting(&app, &grants).await?,
        leaders: leaders::is_there(&app, &grants).await?,
        waiting,
        due: due.into_iter().filter(opens).collect(),
        after_deaths,
        outreach: visits.into_iter().filter(opens).collect(),
        grievances: said.into_iter().filter(opens).collect(),
        approvals,
        tasks: tasks(&app, &by).await?,
        directory,
        name: by.account.name.clone(),
        works: works.collect(),
        cases: cases.into_iter().map(line).collect(),
        lists: lists(&grants),
        layouts: layouts(&app, &grants, today).await?,
        works_here: desk::lets_in("/console/sending", &grants),
        more_calls: calls::count(&app.db, &worked).await?.saturating_sub(CALLS),
        calls,
        batches,
    })
}
