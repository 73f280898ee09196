//! What was found and said after earlier help, beside a new request: whoever reviews the request sees it before he sends it on.

use chrono::NaiveDate;
use domain::{
    aid::{Case, review::before},
    authority::{Grants, Role},
    calendar::say,
};

use crate::app::{App, DbErr};

/// One line of it.
pub(super) struct Earlier {
    /// Where the words are; empty for whoever may not read them.
    pub(super) href: String,
    /// On which day, in which case.
    pub(super) when: String,
    /// What.
    pub(super) said: &'static str,
}

/// Of the person's other cases, latest first, for a worker.
pub(super) async fn of_case(
    app: &App,
    grants: &Grants,
    case: &Case,
    today: NaiveDate,
) -> Result<Vec<Earlier>, DbErr> {
    let all = before(&app.db, case).await?.into_iter().map(|one| {
        let place = one.case.place();
        let works = grants.scopes(Role::Worker).any(|scope| scope.covers(&place));
        Earlier {
            href: if works { format!("/console/aid/{}/after", one.case.id) } else { String::new() },
            when: format!("{}，{}", say::date(one.on, today), one.case.number),
            said: one.said.label(),
        }
    });
    Ok(all.collect())
}
