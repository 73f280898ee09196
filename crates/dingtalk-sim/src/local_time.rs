//! The wall clock of the tenant: Asia/Shanghai, which has had no other offset since 1991.

use chrono::{DateTime, Datelike, FixedOffset, NaiveTime, TimeDelta, Utc, Weekday};

const EIGHT_HOURS: i32 = 8 * 3600;

pub(crate) fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    // `east_opt` refuses only offsets of a day and more.
    FixedOffset::east_opt(EIGHT_HOURS).map_or_else(|| at.fixed_offset(), |zone| at.with_timezone(&zone))
}

pub(crate) fn is_same_day(one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    local(one).date_naive() == local(other).date_naive()
}

pub(crate) fn month(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m").to_string()
}

/// `2026年9月3日 星期三 09:05`
pub(crate) fn say(at: DateTime<Utc>) -> String {
    let local = local(at);
    format!(
        "{}年{}月{}日 {} {}",
        local.year(),
        local.month(),
        local.day(),
        weekday(local.weekday()),
        local.format("%H:%M")
    )
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// The next time the wall clock shows `time`; strictly later than `at`.
pub(crate) fn next(at: DateTime<Utc>, time: NaiveTime) -> DateTime<Utc> {
    let local = local(at);
    let today = local.date_naive().and_time(time);
    let day = if today > local.naive_local() { today } else { today + TimeDelta::days(1) };
    day.and_utc() - TimeDelta::seconds(EIGHT_HOURS.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evening_is_today_until_it_has_come() {
        let nineteen = NaiveTime::from_hms_opt(19, 0, 0).unwrap();
        let afternoon: DateTime<Utc> = "2026-09-03T07:00:00Z".parse().unwrap();
        let evening: DateTime<Utc> = "2026-09-03T11:00:00Z".parse().unwrap();
        assert_eq!(next(afternoon, nineteen), evening);
        assert_eq!(next(evening, nineteen), evening + TimeDelta::days(1));
    }

    #[test]
    fn it_is_said_as_people_say_it() {
        assert_eq!(say("2026-09-03T01:05:00Z".parse().unwrap()), "2026年9月3日 星期四 09:05");
    }
}
