//! How often somebody has sent a code that is none: in this process's memory only, because a row would say who asks for an answer to
//! something that was said without a name.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::AccountId;

/// So many wrong codes of one login within an hour.
const MOST: usize = 8;

/// Wrong codes of the last hour.
#[derive(Clone, Debug, Default)]
pub struct Tries(Arc<Mutex<HashMap<AccountId, Vec<DateTime<Utc>>>>>);

impl Tries {
    /// May the login try once more?
    pub fn may(&self, account: &AccountId, now: DateTime<Utc>) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody is remembered for longer than that.
        all.retain(|_, wrong| {
            wrong.retain(|at| now - *at < TimeDelta::hours(1));
            !wrong.is_empty()
        });
        all.get(account).is_none_or(|wrong| wrong.len() < MOST)
    }

    /// It was none.
    pub fn was_wrong(&self, account: &AccountId, now: DateTime<Utc>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(account.clone()).or_default().push(now);
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use domain::ids::AccountId;

    use super::{MOST, Tries};

    #[test]
    fn who_tries_too_often_waits_an_hour_and_nobody_else_does() {
        let (tries, now) = (Tries::default(), DateTime::UNIX_EPOCH);
        let (one, other) = (AccountId::parse("one").unwrap(), AccountId::parse("other").unwrap());
        for _ in 0..MOST {
            assert!(tries.may(&one, now));
            tries.was_wrong(&one, now);
        }
        assert!(!tries.may(&one, now + TimeDelta::minutes(59)));
        assert!(tries.may(&other, now));
        assert!(tries.may(&one, now + TimeDelta::hours(1)));
        assert!(tries.0.lock().unwrap().is_empty(), "nothing is remembered");
    }
}
