//! The day's end: what of a day's differences nobody had explained when it was over, as a row that is written once. It follows from the
//! findings' own times, so a server that was away at midnight writes the same row later.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Finding, Outcome, entity::day, store};
use crate::{
    By, Context,
    calendar::{local_date, utc},
    context::Act,
};

pub use day::Model as Day;

/// So many days back a row is still written: a longer absence is looked into by people.
const BACK: u64 = 31;

/// Writes the rows of the days that are over and have none. Says how many it wrote. Safe to repeat, by any number of servers.
pub async fn close_days(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let today = local_date(now);
    let Some(yesterday) = today.pred_opt() else { return Ok(0) };
    let first = match store::last_day(db).await? {
        Some(last) => last.on_day.succ_opt().unwrap_or(today),
        None => match store::first_check(db).await? {
            Some(check) => local_date(check.started_at),
            None => return Ok(0),
        },
    };
    let first = first.max(today.checked_sub_days(Days::new(BACK)).unwrap_or(first));
    let mut written = 0;
    for on in first.iter_days().take_while(|on| *on <= yesterday) {
        if close_day(db, cx, on, now).await? {
            written += 1;
        }
    }
    Ok(written)
}

async fn close_day(
    db: &DatabaseConnection,
    cx: &Context,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let (from, until) = bounds(on);
    let tx = mailbox::transaction::write(db).await?;
    let row = as_of(&store::about(&tx, (from, until)).await?, (from, until));
    // The last check that was done on the day says how the two stood; what was found in it stands in the findings.
    let checks = store::checks_within(&tx, (from, until)).await?;
    let matched = checks.last().map_or(0, |check| check.matched);
    let count = i64::try_from(checks.len()).unwrap_or(i64::MAX);
    let row = Day { on_day: on, matched, checks: count, written_at: now, ..row };
    if !store::write_day(&tx, row.clone()).await? {
        return Ok(false);
    }
    let detail = serde_json::json!({ "unexplained": row.unexplained, "checks": row.checks });
    let subject = format!("approval_day/{on}");
    cx.record(&tx, Act { by: By::SYSTEM, action: "approval.day_closed", subject, detail }, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// From midnight to midnight, where the people are.
pub fn bounds(on: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let midnight = |day: NaiveDate| utc(day, NaiveTime::MIN);
    (midnight(on), midnight(on.succ_opt().unwrap_or(on)))
}

/// What the findings say of a day.
fn as_of(findings: &[Finding], (from, until): (DateTime<Utc>, DateTime<Utc>)) -> Day {
    let within = |at: DateTime<Utc>| from <= at && at < until;
    let count = |which: &dyn Fn(&&Finding) -> bool| {
        i64::try_from(findings.iter().filter(which).count()).unwrap_or(i64::MAX)
    };
    let found = |outcome| count(&|one: &&Finding| one.outcome == outcome && within(one.found_at));
    let closed = |one: &Finding| one.closed_at.is_some_and(within);
    Day {
        on_day: NaiveDate::MIN,
        matched: 0,
        late: found(Outcome::Late),
        diverged: found(Outcome::Diverged),
        orphans: found(Outcome::Orphan),
        explained: count(&|one: &&Finding| closed(one) && one.closed_by.is_some()),
        came_right: count(&|one: &&Finding| closed(one) && one.closed_by.is_none()),
        unexplained: count(&|one: &&Finding| one.was_open(until)),
        checks: 0,
        written_at: from,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::as_of;
    use crate::{
        aid::reconcile::{Finding, Outcome, Why},
        ids::{AccountId, ApprovalFindingId},
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn finding(outcome: Outcome, found: &str, closed: Option<(&str, bool)>) -> Finding {
        let found_at = at(found);
        Finding {
            id: ApprovalFindingId::new(found_at),
            instance_id: found.to_owned(),
            case_id: None,
            outcome,
            why: Why::NoCase,
            found_at,
            closed_at: closed.map(|(when, _)| at(when)),
            closed_by: closed.filter(|(_, by)| *by).and_then(|_| AccountId::parse("chen")),
            closed_why: None,
        }
    }

    #[test]
    fn what_was_explained_after_midnight_was_unexplained_at_the_days_end() {
        let day = (at("2026-11-23T16:00:00Z"), at("2026-11-24T16:00:00Z"));
        let all = [
            finding(Outcome::Late, "2026-11-24T01:00:00Z", Some(("2026-11-24T01:10:00Z", false))),
            finding(Outcome::Diverged, "2026-11-24T02:00:00Z", Some(("2026-11-24T03:00:00Z", true))),
            finding(Outcome::Orphan, "2026-11-24T15:59:59Z", Some(("2026-11-24T16:00:00Z", true))),
            finding(Outcome::Orphan, "2026-11-23T15:00:00Z", None),
            finding(Outcome::Orphan, "2026-11-24T16:00:00Z", None),
        ];
        let said = as_of(&all, day);
        assert_eq!((said.late, said.diverged, said.orphans), (1, 1, 1));
        assert_eq!((said.explained, said.came_right, said.unexplained), (1, 1, 2));
    }
}
