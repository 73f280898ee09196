//! What is to be done about visits today, for the first page of the desk.

use chrono::Datelike;
use domain::{
    authority::{Approver, Grants, Role, Scope},
    calendar::{local_date, month_of},
    ids::AccountId,
    outreach::{Occasion, Stay, figures, store},
};

use crate::{app::App, page::PageError, person::due::Due};

/// The highest count of 诉求 that is said.
const MOST: u64 = 50;

fn due(href: &str, what: &str, note: String, late: bool) -> Due {
    Due { href: href.to_owned(), what: what.to_owned(), note, late }
}

/// The day of the month from which the next one is looked at.
const MIDDLE: u32 = 15;

/// For whoever visits: the own way, what people asked, who is in hospital, whose birthday comes. For whoever leads: what is late. For whoever approves: what waits.
pub(crate) async fn today(app: &App, grants: &Grants, account: &AccountId) -> Result<Vec<Due>, PageError> {
    let (db, today) = (&app.db, local_date(app.clock.now()));
    let mut all = Vec::new();
    let worked: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let approved: Vec<Scope> = grants.scopes(Role::Approver).cloned().collect();
    if !worked.is_empty() {
        let mine = store::entry::of_worker(db, account).await?;
        let late = mine.iter().filter(|entry| entry.due_on < today).count();
        if !mine.is_empty() {
            let words = if late > 0 {
                format!("{}位，{late}位过期了", mine.len())
            } else {
                format!("{}位", mine.len())
            };
            all.push(due("/console/outreach/mine", "我要走访的", words, late > 0));
        }
        let asked = store::visit::asked_in(db, &worked, MOST).await?.len();
        if asked > 0 {
            all.push(due("/console/outreach/requests", "走访时的诉求待办", format!("{asked}件"), false));
        }
        let rounds: Vec<String> =
            store::stay::recent(db, &worked, today).await?.iter().map(Stay::round).collect();
        let unplanned = rounds.len().saturating_sub(store::entry::planned(db, &rounds).await?.len());
        if unplanned > 0 {
            all.push(due("/console/outreach/stays", "住院还没有列入看望的", format!("{unplanned}位"), true));
        }
        // From the middle of a month on: who has a birthday in the next one.
        let (_, next) = month_of(today);
        if today.day() >= MIDDLE && !store::plan::begins_on(db, &worked, (Occasion::Birthday, next)).await? {
            let words = format!("{}月的还没有拟计划", next.month());
            all.push(due("/console/outreach/plans/new", "生日慰问", words, false));
        }
    }
    let led: Vec<Scope> = worked.iter().chain(&approved).cloned().collect();
    if !led.is_empty() {
        let sum = figures::total(&figures::rows(db, &led, (None, today)).await?);
        if sum.late > 0 {
            let words = format!("{}位，{}位没去过", sum.late, sum.never);
            all.push(due("/console/outreach", "过期没走访", words, true));
        }
    }
    if Approver::somewhere(grants).is_some() {
        for plan in store::plan::waiting(db, &approved).await? {
            let href = format!("/console/outreach/plans/{}", plan.id);
            all.push(due(&href, &plan.title(), "等您审批".to_owned(), false));
        }
    }
    Ok(all)
}
