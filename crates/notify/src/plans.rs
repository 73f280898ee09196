//! When a reminder plan is due. The plan is a row with a cron text; the clock is the caller's.

use std::str::FromStr;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Asia::Shanghai;
use croner::Cron;

/// How far back a missed occurrence is still made up for after downtime. An older evening is not worth a message.
pub(crate) const CATCH_UP: Duration = Duration::hours(20);

/// The cron text of a plan cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the plan's cron text cannot be read: {0}")]
pub(crate) struct BadCron(String);

/// Every time in `(after, until]` at which the plan fires, oldest first, by the clock of Asia/Shanghai.
///
/// Times older than [`CATCH_UP`] before `until` are left out.
pub(crate) fn due(
    cron: &str,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, BadCron> {
    coming(cron, after.max(until - CATCH_UP), until)
}

/// The same without a limit to how far back.
pub(crate) fn coming(
    cron: &str,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, BadCron> {
    let cron = Cron::from_str(cron).map_err(|error| BadCron(error.to_string()))?;
    let after = after.with_timezone(&Shanghai);
    Ok(cron.iter_after(after).map(|at| at.with_timezone(&Utc)).take_while(|at| *at <= until).collect())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, TimeZone, Utc};
    use chrono_tz::Asia::Shanghai;

    use super::due;

    fn local(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        Shanghai.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap().with_timezone(&Utc)
    }

    #[test]
    fn an_evening_plan_fires_once_an_evening_in_local_time() {
        assert_eq!(due("30 18 * * *", local(2, 18, 29), local(2, 18, 30)).unwrap(), [local(2, 18, 30)]);
        assert!(due("30 18 * * *", local(2, 18, 30), local(3, 12, 0)).unwrap().is_empty());
    }

    #[test]
    fn after_downtime_only_the_last_hours_are_made_up_for() {
        let long_ago = local(2, 0, 0);
        assert_eq!(due("30 18 * * *", long_ago, local(9, 7, 0)).unwrap(), [local(8, 18, 30)]);
    }

    #[test]
    fn a_working_day_plan_skips_the_weekend() {
        let week = due("30 8 * * 1-5", local(6, 9, 0), local(6, 9, 0) + Duration::days(2)).unwrap();
        assert!(week.is_empty(), "2026-11-07 and -08 are a weekend");
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        assert!(due("every evening", local(2, 0, 0), local(3, 0, 0)).is_err());
    }
}
