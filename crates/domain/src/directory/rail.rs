//! When a walk stops and asks. A directory that shows too little (another scope, a wrong organisation, a mistake at the platform) must
//! not lock everybody out over night.

/// How many logins a walk may take away by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rail {
    /// Of a hundred.
    pub percent: u32,
    /// So few are never asked about: in a small tenant, one is more than the share.
    pub unasked: usize,
}

impl Default for Rail {
    fn default() -> Self {
        Self { percent: 2, unasked: 3 }
    }
}

impl Rail {
    /// Are so many too many?
    pub fn stops(self, known: usize, removals: usize) -> bool {
        let share = u64::try_from(known).unwrap_or(u64::MAX).saturating_mul(u64::from(self.percent));
        removals > self.unasked && u64::try_from(removals).unwrap_or(u64::MAX).saturating_mul(100) > share
    }
}

#[cfg(test)]
mod tests {
    use super::Rail;

    #[test]
    fn more_than_the_share_stops_and_a_few_do_not() {
        let rail = Rail::default();
        for (known, removals, stops) in [
            (1000, 0, false),
            (1000, 20, false),
            (1000, 21, true),
            (460_000, 9_200, false),
            (460_000, 9_201, true),
            (10, 3, false),
            (10, 4, true),
            (0, 0, false),
        ] {
            assert_eq!(rail.stops(known, removals), stops, "{removals} of {known}");
        }
        assert!(Rail { percent: 2, unasked: 0 }.stops(10, 1));
    }
}
