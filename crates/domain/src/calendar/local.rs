//! Rows hold UTC; people live in Asia/Shanghai, which has had no summer time since 1991.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Asia::Shanghai;

/// Which day it is in Asia/Shanghai.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Shanghai).date_naive()
}

/// What the clock shows in Asia/Shanghai.
pub fn local_time(at: DateTime<Utc>) -> NaiveTime {
    at.with_timezone(&Shanghai).time()
}

/// The moment of a local day and time.
pub fn utc(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = day.and_time(time);
    // A time that the clock skipped or showed twice exists only before 1992; then the UTC offset of today is near enough.
    Shanghai
        .from_local_datetime(&local)
        .earliest()
        .map_or_else(|| local.and_utc() - chrono::Duration::hours(8), |at| at.with_timezone(&Utc))
}

/// First day of the month, and first day of the next.
pub fn month_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX);
    (first, next)
}
