//! Who calls too fast: an app one API in a second or a minute, an address everything in twenty seconds.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::Limits;
use crate::world::Refusal;

const ADDRESS_SPAN: TimeDelta = TimeDelta::seconds(20);
const BAN: TimeDelta = TimeDelta::minutes(5);

/// Counts of one run; nothing of it is kept.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    seconds: BTreeMap<String, VecDeque<DateTime<Utc>>>,
    minutes: BTreeMap<String, VecDeque<DateTime<Utc>>>,
    addresses: BTreeMap<String, VecDeque<DateTime<Utc>>>,
    banned: BTreeMap<String, DateTime<Utc>>,
}

impl Throttle {
    /// Whether an address is banned, by this call or by an earlier one. Only calls that are not turned away are counted.
    pub(crate) fn bans(&mut self, limits: &Limits, address: &str, now: DateTime<Utc>) -> bool {
        if self.banned.get(address).is_some_and(|until| *until > now) {
            return true;
        }
        let banned = limits.calls_per_address.is_some_and(|most| {
            !fits(self.addresses.entry(address.to_owned()).or_default(), most, ADDRESS_SPAN, now)
        });
        if banned {
            self.banned.insert(address.to_owned(), now + BAN);
            self.addresses.remove(address);
        }
        banned
    }

    /// Counts a call of the app to one API.
    pub(crate) fn admit(&mut self, limits: &Limits, api: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let second = self.seconds.entry(api.to_owned()).or_default();
        if limits.calls_per_second.is_some_and(|most| !fits(second, most, TimeDelta::seconds(1), now)) {
            return Err(Refusal::TooFast);
        }
        let minute = self.minutes.entry(api.to_owned()).or_default();
        if limits.calls_per_minute.is_some_and(|most| !fits(minute, most, TimeDelta::minutes(1), now)) {
            return Err(Refusal::TooOften);
        }
        Ok(())
    }
}

/// Counts one more when there is room for it.
fn fits(calls: &mut VecDeque<DateTime<Utc>>, most: u32, span: TimeDelta, now: DateTime<Utc>) -> bool {
    calls.retain(|at| *at + span > now);
    let fits = calls.len() < most as usize;
    if fits {
        calls.push_back(now);
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_a_minute_and_an_address_have_their_own_counts() {
        let limits = Limits {
            calls_per_second: Some(2),
            calls_per_minute: Some(3),
            calls_per_address: Some(5),
            ..Limits::default()
        };
        let (mut throttle, start) = (Throttle::default(), DateTime::UNIX_EPOCH);
        let at = |seconds| start + TimeDelta::seconds(seconds);
        assert_eq!(throttle.admit(&limits, "a", at(0)), Ok(()));
        assert_eq!(throttle.admit(&limits, "a", at(0)), Ok(()));
        assert_eq!(throttle.admit(&limits, "a", at(0)), Err(Refusal::TooFast));
        assert_eq!(throttle.admit(&limits, "b", at(0)), Ok(()));
        assert_eq!(throttle.admit(&limits, "a", at(1)), Ok(()));
        assert_eq!(throttle.admit(&limits, "a", at(2)), Err(Refusal::TooOften));
        assert_eq!(throttle.admit(&limits, "a", at(60)), Ok(()));

        let calls: Vec<_> = (0..7).map(|second| throttle.bans(&limits, "1.2.3.4", at(second))).collect();
        assert_eq!(calls, [false, false, false, false, false, true, true]);
        assert!(!throttle.bans(&limits, "5.6.7.8", at(6)));
        assert!(throttle.bans(&limits, "1.2.3.4", at(304)));
        assert!(!throttle.bans(&limits, "1.2.3.4", at(305)));
    }
}
