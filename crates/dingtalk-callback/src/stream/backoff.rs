//! How long to wait before the next attempt, as a pure function.

use std::time::Duration;

/// The waiting time between attempts: it doubles, up to a limit, and a random share is added so that those who were thrown out
/// together do not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// After the first failure; one second.
    pub first: Duration,
    /// At most; one minute.
    pub most: Duration,
    /// Up to so much is added; one second.
    pub jitter: Duration,
}

/// As the platform's own clients do it.
impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), most: Duration::from_mins(1), jitter: Duration::from_secs(1) }
    }
}

impl Backoff {
    /// The wait after so many failures in a row, not counting this one. `chance` is from 0 to 1.
    pub fn delay(self, failures: u32, chance: f64) -> Duration {
        let doubled = self.first.saturating_mul(2_u32.saturating_pow(failures.min(30)));
        doubled.min(self.most) + self.jitter.mul_f64(chance.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::{Backoff, Duration};

    #[test]
    fn waiting_doubles_up_to_a_minute_and_jitters_by_a_second() {
        let delay = |failures, chance| Backoff::default().delay(failures, chance).as_millis();
        assert_eq!([0, 1, 2, 5, 6, 7].map(|n| delay(n, 0.0)), [1000, 2000, 4000, 32_000, 60_000, 60_000]);
        assert_eq!(delay(0, 0.25), 1250);
        assert_eq!([delay(u32::MAX, 7.0), delay(3, -1.0)], [61_000, 8000]);
        assert!(
            Backoff { first: Duration::MAX, ..Backoff::default() }.delay(9, 1.0) < Duration::from_secs(62)
        );
    }
}
