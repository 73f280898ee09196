//! The tenant's time: real time plus an offset that a button can change, or a time that stands still.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// A shared handle. Cloning gives another handle on the same clock; readers ask, nobody is told.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Pace>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Running { offset: TimeDelta },
    Frozen { at: DateTime<Utc> },
}

impl Clock {
    /// Runs with the machine's clock.
    pub fn running() -> Self {
        Self::paced(Pace::Running { offset: TimeDelta::zero() })
    }

    /// Stands still until it is moved: what a test with snapshots wants.
    pub fn frozen(at: DateTime<Utc>) -> Self {
        Self::paced(Pace::Frozen { at })
    }

    fn paced(pace: Pace) -> Self {
        Self(Arc::new(Mutex::new(pace)))
    }

    /// The time of the tenant.
    pub fn now(&self) -> DateTime<Utc> {
        match self.pace() {
            Pace::Running { offset } => machine_time() + offset,
            Pace::Frozen { at } => at,
        }
        .trunc_subsecs(3)
    }

    /// Whether it stands still until somebody moves it.
    pub fn is_frozen(&self) -> bool {
        matches!(self.pace(), Pace::Frozen { .. })
    }

    /// How far a running clock is from the machine's; zero for one that stands still.
    pub fn offset(&self) -> TimeDelta {
        match self.pace() {
            Pace::Running { offset } => offset,
            Pace::Frozen { .. } => TimeDelta::zero(),
        }
    }

    /// Moves it, forwards or, with a negative step, backwards.
    pub fn advance(&self, by: TimeDelta) {
        self.change(|pace| match pace {
            Pace::Running { offset } => Pace::Running { offset: offset + by },
            Pace::Frozen { at } => Pace::Frozen { at: at + by },
        });
    }

    /// Moves it to a time.
    pub fn set(&self, to: DateTime<Utc>) {
        self.change(|pace| match pace {
            Pace::Running { .. } => Pace::Running { offset: to - machine_time() },
            Pace::Frozen { .. } => Pace::Frozen { at: to },
        });
    }

    fn pace(&self) -> Pace {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, step: impl FnOnce(Pace) -> Pace) {
        let mut pace = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *pace = step(*pace);
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the simulator reads the machine's clock")]
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let clock = Clock::frozen(DateTime::UNIX_EPOCH);
        let other = clock.clone();
        other.advance(TimeDelta::days(1));
        assert_eq!(clock.now(), DateTime::UNIX_EPOCH + TimeDelta::days(1));
    }

    #[test]
    fn a_running_clock_keeps_the_offset_it_was_given() {
        let clock = Clock::running();
        let before = clock.now();
        clock.advance(TimeDelta::hours(3));
        assert!(clock.now() - before >= TimeDelta::hours(3));
        clock.set(DateTime::UNIX_EPOCH);
        assert!(clock.now() - DateTime::UNIX_EPOCH < TimeDelta::minutes(1));
    }
}
