//! 免打扰时段: when nobody is disturbed. A message waits; it is never dropped for being early or late.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use crate::calendar;

/// Whose quiet hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Retirees: evenings, nights and the midday nap.
    Retiree,
    /// Staff: evenings and nights.
    Worker,
}

/// From the first minute to the last (exclusive), in minutes of the local day.
struct Quiet {
    from: u32,
    to: u32,
}

const fn quiet(from: (u32, u32), to: (u32, u32)) -> Quiet {
    Quiet { from: from.0 * 60 + from.1, to: to.0 * 60 + to.1 }
}

/// The one table. A night is two lines, because a line lies within a day.
const RETIREE: [Quiet; 3] = [quiet((0, 0), (8, 0)), quiet((12, 0), (14, 0)), quiet((20, 0), (24, 0))];
const WORKER: [Quiet; 2] = [quiet((0, 0), (8, 0)), quiet((19, 0), (24, 0))];

impl Policy {
    fn lines(self) -> &'static [Quiet] {
        match self {
            Self::Retiree => &RETIREE,
            Self::Worker => &WORKER,
        }
    }
}

/// Is it quiet?
pub fn is_quiet(policy: Policy, now: DateTime<Utc>) -> bool {
    running(policy, now).is_some()
}

/// The first moment from `now` on at which a message may go: `now` itself, or the end of the quiet hours.
pub fn next_allowed(policy: Policy, now: DateTime<Utc>) -> DateTime<Utc> {
    let mut at = now;
    // At most twice: the evening ends at midnight, where the night begins.
    while let Some(line) = running(policy, at) {
        let midnight = calendar::utc(calendar::local_date(at), NaiveTime::MIN);
        at = midnight + Duration::minutes(i64::from(line.to));
    }
    at
}

fn running(policy: Policy, at: DateTime<Utc>) -> Option<&'static Quiet> {
    let since_midnight = calendar::local_time(at) - NaiveTime::MIN;
    let minute = u32::try_from(since_midnight.num_minutes()).unwrap_or(0);
    policy.lines().iter().find(|line| line.from <= minute && minute < line.to)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
    use proptest::prelude::*;

    use super::{Policy, is_quiet, next_allowed};
    use crate::calendar;

    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        let day = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        calendar::utc(day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
    }

    #[test]
    fn the_table_says_what_the_office_agreed() {
        let table = [
            (Policy::Retiree, at(2, 7, 59), at(2, 8, 0)),
            (Policy::Retiree, at(2, 8, 0), at(2, 8, 0)),
            (Policy::Retiree, at(2, 11, 59), at(2, 11, 59)),
            (Policy::Retiree, at(2, 12, 0), at(2, 14, 0)),
            (Policy::Retiree, at(2, 18, 30), at(2, 18, 30)),
            (Policy::Retiree, at(2, 20, 0), at(3, 8, 0)),
            (Policy::Retiree, at(2, 23, 59), at(3, 8, 0)),
            (Policy::Worker, at(2, 12, 30), at(2, 12, 30)),
            (Policy::Worker, at(2, 19, 0), at(3, 8, 0)),
            (Policy::Worker, at(3, 0, 0), at(3, 8, 0)),
        ];
        for (policy, now, allowed) in table {
            assert_eq!(next_allowed(policy, now), allowed, "{policy:?} at {now}");
        }
    }

    #[test]
    fn every_minute_of_a_week_is_quiet_or_allowed_and_nothing_goes_in_a_quiet_one() {
        for policy in [Policy::Retiree, Policy::Worker] {
            for minute in 0..7 * 24 * 60 {
                let now = at(2, 0, 0) + Duration::minutes(minute);
                let allowed = next_allowed(policy, now);
                assert!(!is_quiet(policy, allowed), "{policy:?} at {now}");
                assert_eq!(allowed == now, !is_quiet(policy, now), "{policy:?} at {now}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_message_waits_for_the_end_of_the_quiet_hours_and_no_longer(seconds in 0_i64..7 * 86_400) {
            let now = at(2, 0, 0) + Duration::seconds(seconds);
            for policy in [Policy::Retiree, Policy::Worker] {
                let allowed = next_allowed(policy, now);
                prop_assert!(now <= allowed && allowed - now <= Duration::hours(13));
                if now < allowed {
                    prop_assert!(is_quiet(policy, allowed - Duration::seconds(1)));
                }
            }
        }
    }
}
