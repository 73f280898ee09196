//! What is to be done about 反映的问题 today, for the first page of the desk.

use domain::{
    authority::{Grants, Role, Scope},
    calendar::local_date,
    grievance::{Grievance, Status, reach, store},
    ids::AccountId,
};

use super::queue::readable;
use crate::{app::App, page::PageError, person::due::Due};

/// As many are looked at.
const MOST: u64 = 60;

const AT: &str = "/console/grievances";

/// For whoever has some: how many, and how many of them are late. For whoever works there: what nobody has yet, and what others are late with.
pub(crate) async fn today(app: &App, grants: &Grants, account: &AccountId) -> Result<Vec<Due>, PageError> {
    let (db, today) = (&app.db, local_date(app.clock.now()));
    let is_late = |row: &Grievance| row.due_on.is_some_and(|due| due < today);
    let mut all = Vec::new();
    let mine = store::assigned_to(db, account).await?;
    let late = mine.iter().filter(|row| is_late(row)).count();
    if !mine.is_empty() {
        let words = if late > 0 {
            format!("{}件，{late}件过期了", mine.len())
        } else {
            format!("{}件", mine.len())
        };
        all.push(Due {
            href: AT.to_owned(), what: "等我答复的".to_owned(), note: words, late: late > 0
        });
    }
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    if scopes.is_empty() {
        return Ok(all);
    }
    let open = readable(app, grants, store::open_in(db, &scopes, MOST).await?).await?;
    // Each level sees its own: what a county has is not the province's work of today.
    let ours = |row: &&Grievance| reach::standing(grants, row) == Some(row.level);
    let waiting: Vec<&Grievance> =
        open.iter().filter(ours).filter(|row| row.status == Status::Received).collect();
    if !waiting.is_empty() {
        let late = waiting.iter().copied().any(is_late);
        let note = format!("{}件", waiting.len());
        all.push(Due { href: AT.to_owned(), what: "反映的问题还没有交办".to_owned(), note, late });
    }
    let others = open.iter().filter(ours).filter(|row| row.status == Status::Assigned && is_late(row));
    let others = others.filter(|row| row.assigned_to.as_ref() != Some(account)).count();
    if others > 0 {
        let note = format!("{others}件");
        all.push(Due { href: AT.to_owned(), what: "别人过期没答复的".to_owned(), note, late: true });
    }
    Ok(all)
}
