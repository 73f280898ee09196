//! Cases that are at their approver.

use anyhow::Context as _;
use domain::{
    aid::{
        Category, Channel,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            enter::{NewEntry, enter},
            visit::record_visit,
        },
        draft::{Complete, Elsewhere, Pay, Reach, Since},
        envelope,
    },
    authority::{Scope, Worker},
    calendar::local_date,
    ids::{AccountId, CaseId, DraftId, PersonId, RegionCode, VisitId},
    person::roster::{Roster, page},
    seed::{self, Size},
};
use indicatif::ProgressBar;
use ledger::Fen;
use server::app::App;

/// A county in which so many people have been visited and their cases sent to the approver.
pub(super) async fn waiting(app: &App, wanted: usize) -> anyhow::Result<Vec<CaseId>> {
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let region: RegionCode = "330106".parse().context("the county")?;
    if !seed::loaded(db).await? {
        seed::load(db, cx, Size::County, now, &|_, _| {}).await?;
    }
    let tx = mailbox::transaction::write(db).await?;
    let pot = envelope(&region, chrono::Datelike::year(&local_date(now)), Category::ILLNESS);
    ledger::appropriate(&tx, &pot, Fen::yuan(1_000_000_000), "load", "load", now).await?;
    tx.commit().await?;
    let [chen, zhou, lin] = workers(app, &region).await?;
    let mut all = Vec::new();
    let bar = ProgressBar::new(wanted.try_into()?);
    for person in people(app, &region, wanted).await? {
        if all.len() == wanted {
            break;
        }
        match sent(app, [&chen, &zhou, &lin], person).await {
            Ok(case) => all.push(case),
            // Somebody who has died, or is asked for already.
            Err(domain::aid::AidError::Refused(_) | domain::aid::AidError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
        bar.set_position(all.len().try_into()?);
    }
    Ok(all)
}

async fn workers(app: &App, region: &RegionCode) -> anyhow::Result<[Worker; 3]> {
    let mut found = Vec::new();
    for name in ["chenjing", "zhouming", "linfang"] {
        let who = AccountId::parse(name).context("a login")?;
        let proof = Worker::prove(&app.db, &who, region.clone(), app.clock.now()).await?;
        found.push(proof.context("a worker")?);
    }
    found.try_into().map_err(|_left: Vec<Worker>| anyhow::anyhow!("three workers"))
}

async fn people(app: &App, region: &RegionCode, wanted: usize) -> anyhow::Result<Vec<PersonId>> {
    let scopes = [Scope::Region(region.clone())];
    let (mut all, mut after) = (Vec::new(), None);
    // Some of them have died.
    while all.len() < wanted * 2 {
        let read = page(&app.db, &Roster { scopes: &scopes, unit: "", after, limit: 500 }).await?;
        all.extend(read.people.iter().map(|person| person.id));
        after = read.next;
        if after.is_none() {
            break;
        }
    }
    Ok(all)
}

async fn sent(
    app: &App,
    [chen, zhou, lin]: [&Worker; 3],
    person: PersonId,
) -> Result<CaseId, domain::aid::AidError> {
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let answers = Complete {
        category: Category::ILLNESS,
        reason: String::new(),
        words: String::new(),
        since: Since::LastMonth,
        elsewhere: vec![Elsewhere::Nobody],
        reach: Reach::OnFile,
        visit_when: String::new(),
        pay: Pay::OnFile,
    };
    let today = local_date(now);
    let new = NewEntry {
        id: DraftId::new(now),
        person,
        channel: Channel::Counter,
        received_on: today,
        answers,
        form: None,
    };
    let case = enter(db, cx, chen, new, now).await?.id;
    accept(db, cx, chen, case, now).await?;
    let new = domain::aid::NewVisit {
        id: VisitId::new(now),
        on: today,
        lead: zhou.account().clone(),
        second: AccountId::parse("fangyuan").ok_or(domain::aid::AidError::NotFound)?,
        findings: "家中整洁".to_owned(),
        proposed: Fen::yuan(3000),
        self_paid: None,
    };
    record_visit(db, cx, zhou, (case, new), now).await?;
    submit_for_approval(db, cx, lin, case, now).await?;
    Ok(case)
}
