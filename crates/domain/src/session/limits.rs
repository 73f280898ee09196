//! How long a session lives. Retirees are not asked twice on one day; whoever holds a role is, because behind
//! that screen are other people's records (ASVS 5.0, 7.3; GB/T 22239-2019, 8.1.4).

use chrono::{DateTime, TimeDelta, Utc};

/// A touch is written at most this often; a page that loads ten pieces writes once.
pub const TOUCH_AFTER: TimeDelta = TimeDelta::minutes(1);

/// A second factor that was shown is good for so long in its session: long enough for what is done in one go, and over before somebody else
/// sits down at the same screen (ASVS 5.0, 7.5.3).
pub const STEPPED_UP: TimeDelta = TimeDelta::minutes(10);

/// Unused for this long, it is over.
pub const fn idle(staff: bool) -> TimeDelta {
    if staff { TimeDelta::minutes(30) } else { TimeDelta::hours(12) }
}

/// After this long it is over in any case.
pub const fn absolute(staff: bool) -> TimeDelta {
    if staff { TimeDelta::hours(8) } else { TimeDelta::days(30) }
}

/// Until when a session is good that is used at `now`.
pub fn idle_until(staff: bool, absolute_until: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    absolute_until.min(now + idle(staff))
}
