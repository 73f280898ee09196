//! How long to wait before the next try.

use std::time::Duration;

/// Waits after the first, second, … failure. Together a little over a day: an evening's outage of the platform, or a
/// night's of ours, loses nothing.
const WAITS: [u64; 8] = [5, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 8 * 3600, 8 * 3600];

/// How long to wait after `attempts` tries have failed; `None` when it is time to give up.
pub fn delay(attempts: i32) -> Option<Duration> {
    let failures = usize::try_from(attempts).unwrap_or_default().max(1);
    WAITS.get(failures - 1).copied().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..).map_while(delay).map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [5, 60, 300, 1800, 7200, 21_600, 28_800, 28_800]);
        assert!(waits.is_sorted());
        assert!(waits.iter().sum::<u64>() > 24 * 3600);
        assert_eq!(delay(9), None);
        assert_eq!(delay(i32::MAX), None);
    }

    #[test]
    fn a_failure_before_any_counted_try_still_waits() {
        assert_eq!(delay(0), Some(Duration::from_secs(5)));
        assert_eq!(delay(-1), Some(Duration::from_secs(5)));
    }
}
