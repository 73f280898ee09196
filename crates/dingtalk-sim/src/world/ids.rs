//! Ids that look like the platform's and follow from a seed, so that two runs of a test agree.

use rand::Rng;
use rand::distr::{Alphanumeric, SampleString};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

/// The n-th draw is stream n of one seed: nothing but the count needs to be kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ids {
    seed: u64,
    drawn: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// `length` letters and digits.
    pub(crate) fn word(&mut self, length: usize) -> String {
        Alphanumeric.sample_string(&mut self.next(), length)
    }

    /// A word that says what it names: `pi-3fXq…`.
    pub(crate) fn tagged(&mut self, tag: &str) -> String {
        format!("{tag}-{}", self.word(20))
    }

    /// As the platform's task ids: eleven digits, and a JavaScript number can hold it.
    pub(crate) fn number(&mut self) -> i64 {
        self.next().random_range(10_000_000_000..100_000_000_000)
    }

    /// True in `share` of all draws.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.next().random_bool(share.clamp(0.0, 1.0))
    }

    /// One of `0..=last`.
    pub(crate) fn place(&mut self, last: usize) -> usize {
        self.next().random_range(0..=last)
    }

    fn next(&mut self) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(self.drawn);
        self.drawn += 1;
        rng
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_ids() {
        let (mut one, mut two) = (Ids::new(7), Ids::new(7));
        assert_eq!(one.word(20), two.word(20));
        assert_eq!(one.number(), two.number());
        assert_ne!(one.word(20), one.word(20));
    }

    #[test]
    fn what_was_saved_goes_on_where_it_stopped() {
        let mut ids = Ids::new(7);
        ids.word(4);
        let mut restored: Ids = serde_json::from_value(serde_json::to_value(&ids).unwrap()).unwrap();
        assert_eq!(ids.word(20), restored.word(20));
    }
}
