//! Counting votes. Pure.

use super::Vote;
use crate::aid::Refusal;

/// How a meeting voted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// 同意.
    pub agreed: usize,
    /// 不同意.
    pub against: usize,
    /// 弃权.
    pub abstained: usize,
    /// 回避: no part in it, neither in the quorum nor in the votes.
    pub recused: usize,
}

impl Tally {
    /// How many took part.
    pub const fn voting(self) -> usize {
        self.agreed + self.against + self.abstained
    }

    /// More than half of those who took part agreed; whoever abstains does not agree.
    pub const fn supports(self) -> bool {
        self.agreed * 2 > self.voting()
    }
}

/// Counts, if there were enough without those who stepped aside.
pub fn tally(votes: impl IntoIterator<Item = Vote>, quorum: usize) -> Result<Tally, Refusal> {
    let mut tally = Tally::default();
    for vote in votes {
        match vote {
            Vote::For => tally.agreed += 1,
            Vote::Against => tally.against += 1,
            Vote::Abstained => tally.abstained += 1,
            Vote::Recused => tally.recused += 1,
        }
    }
    if tally.voting() == 0 || tally.voting() < quorum {
        return Err(Refusal::Quorum { needed: quorum, there: tally.voting() });
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Vote, tally};
    use crate::aid::Refusal;

    #[test]
    fn more_than_half_of_those_who_take_part_must_agree() {
        use Vote::{Abstained, Against, For, Recused};
        let supports = |votes: &[Vote]| tally(votes.iter().copied(), 1).unwrap().supports();
        assert!(supports(&[For, For, Against]) && supports(&[For, Recused, Recused]));
        assert!(!supports(&[For, Against]) && !supports(&[For, Abstained]) && !supports(&[Abstained]));
        assert_eq!(tally([For, For, Recused], 3), Err(Refusal::Quorum { needed: 3, there: 2 }));
        assert!(matches!(tally([Recused], 0), Err(Refusal::Quorum { .. })), "nobody is no meeting");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whoever steps aside changes nothing, however many they are and wherever they stand.
        #[test]
        fn who_steps_aside_changes_nothing(
            votes in prop::collection::vec(0_u8..4, 0..20), quorum in 0_usize..8,
        ) {
            let all: Vec<Vote> = votes.iter().map(|vote| match vote {
                0 => Vote::For,
                1 => Vote::Against,
                2 => Vote::Abstained,
                _ => Vote::Recused,
            }).collect();
            let without = all.iter().copied().filter(|vote| *vote != Vote::Recused);
            let says = |counted: Result<super::Tally, Refusal>| counted.map(|tally| (tally.voting(), tally.supports()));
            prop_assert_eq!(says(tally(all.iter().copied(), quorum)), says(tally(without, quorum)));
        }
    }
}
