//! 时限: by county and step, what runs, what is late, what was done and how long it took.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use sea_orm::{ConnectionTrait, DbErr};

use super::clocks;
use crate::{
    aid::{
        procedure::{Limit, in_force},
        store,
    },
    authority::Scope,
    calendar::Calendar,
    ids::{CaseId, RegionCode},
};

/// So many cases under way are looked at, longest waiting first.
const MOST: u64 = 5000;

/// So many late ones are named.
const NAMED: usize = 50;

/// A step in a county.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// How many wait for it.
    pub open: u64,
    /// How many of these are late.
    pub late: u64,
    /// How many stand still.
    pub standing: u64,
    /// How often it was done this year.
    pub done: u64,
    /// How often too late.
    pub done_late: u64,
    /// How many working days all of these took.
    pub used: u64,
}

/// A case whose step is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// What is late.
    pub limit: Limit,
    /// When it was due.
    pub due_on: NaiveDate,
}

/// What a reader's places come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// By county and step; those of which there is nothing are left out.
    pub lines: BTreeMap<(RegionCode, Limit), Line>,
    /// The latest first.
    pub late: Vec<Late>,
}

/// The report of today, over the places that the scopes reach.
pub async fn report(db: &impl ConnectionTrait, scopes: &[Scope], today: NaiveDate) -> Result<Report, DbErr> {
    let mut report = Report::default();
    if scopes.is_empty() {
        return Ok(report);
    }
    let (calendar, rows) = (Calendar::load(db).await?, store::procedure::all(db).await?);
    for (case, log) in store::clock::running(db, scopes, MOST).await? {
        let days = |limit, on| in_force(&rows, limit, &case.region, on).map(|set| set.value);
        for clock in clocks(&log, &calendar, days, today).into_iter().filter(|clock| clock.ended_on.is_none())
        {
            let line = report.lines.entry((case.region.clone(), clock.limit)).or_default();
            line.open += 1;
            line.standing += u64::from(clock.stands);
            if let Some(due_on) = clock.due_on.filter(|_| clock.is_late(today)) {
                line.late += 1;
                report.late.push(Late {
                    case: case.id,
                    number: case.number.clone(),
                    limit: clock.limit,
                    due_on,
                });
            }
        }
    }
    report.late.sort_by(|one, other| (one.due_on, &one.number).cmp(&(other.due_on, &other.number)));
    report.late.truncate(NAMED);
    let since = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let number = |count: i64| u64::try_from(count).unwrap_or_default();
    for done in store::clock::done(db, scopes, since).await? {
        let line = report.lines.entry((done.region, done.limit_of)).or_default();
        (line.done, line.done_late, line.used) = (number(done.count), number(done.late), number(done.used));
    }
    Ok(report)
}
