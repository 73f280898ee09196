//! The draw. Pure: the same seed and the same payments give the same, in whatever order they stand.
//!
//! Each payment has a digest, SHA-256 of `<seed>:<payment>` in hexadecimal, and the lines stand in the order of these. What is above the sum is
//! chosen. Of the others the first ones are, so many as the share of them is, rounded up.

use ledger::Fen;
use sea_orm::{DeriveActiveEnum, EnumIter};

use crate::{evidence::sha256, ids::PaymentId};

/// Why a payment was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Chosen {
    /// 抽中.
    Random,
    /// 超过金额.
    Above,
}

impl Chosen {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Random => "抽中",
            Self::Above => "超过金额",
        }
    }
}

/// A payment after the draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Which.
    pub payment: PaymentId,
    /// How much.
    pub amount: Fen,
    /// Its digest.
    pub digest: String,
    /// Why it was chosen, if it was.
    pub chosen: Option<Chosen>,
}

/// Draws `share` of a hundred, and all above a sum.
pub fn draw(seed: &str, list: &[(PaymentId, Fen)], share: u32, above: Fen) -> Vec<Drawn> {
    let mut drawn: Vec<Drawn> = list
        .iter()
        .map(|(payment, amount)| Drawn {
            payment: *payment,
            amount: *amount,
            digest: sha256(format!("{seed}:{payment}").as_bytes()),
            chosen: (*amount > above).then_some(Chosen::Above),
        })
        .collect();
    drawn.sort_by(|one, other| (&one.digest, one.payment).cmp(&(&other.digest, other.payment)));
    let others = drawn.iter().filter(|line| line.chosen.is_none()).count();
    let share = usize::try_from(share.min(100)).unwrap_or(100);
    let wanted = others.saturating_mul(share).div_ceil(100);
    for line in drawn.iter_mut().filter(|line| line.chosen.is_none()).take(wanted) {
        line.chosen = Some(Chosen::Random);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ledger::Fen;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Chosen, PaymentId, draw};

    fn list(amounts: &[i64]) -> Vec<(PaymentId, Fen)> {
        let id = |at: usize| PaymentId::from_uuid(Uuid::from_u128(u128::try_from(at).unwrap() + 1));
        amounts.iter().enumerate().map(|(at, fen)| (id(at), Fen(*fen))).collect()
    }

    /// As `printf '%s' "seed:00000000000000000000000000000001" | sha256sum` says.
    #[test]
    fn anybody_can_work_it_out_at_a_terminal() {
        let one = draw("seed", &list(&[100]), 5, Fen(1000)).remove(0);
        assert_eq!(one.digest, "5a4083e836cb21d52b5a8cee59f93802fea03587e6016886e02926c7599e0a6e");
        assert_eq!(one.chosen, Some(Chosen::Random), "of one, one");
    }

    #[test]
    fn each_is_as_likely_as_any_other() {
        let all = list(&[1; 20]);
        let mut times = [0_u32; 20];
        for seed in 0..4000 {
            for line in draw(&seed.to_string(), &all, 5, Fen(10)) {
                if line.chosen.is_some() {
                    let at = all.iter().position(|(id, _)| *id == line.payment).unwrap();
                    times[at] += 1;
                }
            }
        }
        assert_eq!(times.iter().sum::<u32>(), 4000);
        // 200 on the average, with a deviation of 14.
        assert!(times.iter().all(|count| (140..=260).contains(count)), "{times:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_draw_is_the_same_whatever_the_order_and_takes_as_many_as_it_says(
            amounts in prop::collection::vec(1_i64..200, 0..40), turn in 0_usize..40,
            share in 0_u32..=100, above in 1_i64..200, seed in "[0-9a-f]{8}",
        ) {
            let (mut all, above) = (list(&amounts), Fen(above));
            let drawn = draw(&seed, &all, share, above);
            let by = turn % all.len().max(1);
            all.rotate_left(by);
            prop_assert_eq!(&draw(&seed, &all, share, above), &drawn);
            let of = |why| drawn.iter().filter(|line| line.chosen == Some(why)).count();
            let high = amounts.iter().filter(|fen| Fen(**fen) > above).count();
            let others = amounts.len() - high;
            prop_assert_eq!(of(Chosen::Above), high);
            prop_assert_eq!(of(Chosen::Random), (others * usize::try_from(share).unwrap()).div_ceil(100));
            let once: HashSet<PaymentId> = drawn.iter().map(|line| line.payment).collect();
            prop_assert_eq!(once.len(), amounts.len());
        }
    }
}
