//! How much may be claimed and how much may come. Pure; the same stands as a check in the table.

use ledger::Fen;

/// What has come after one more part. `None`: nothing, or more than is claimed.
pub fn after_instalment(claimed: Fen, recovered: Fen, amount: Fen) -> Option<Fen> {
    let total = recovered.checked_add(amount)?;
    (amount.is_positive() && total <= claimed).then_some(total)
}

/// Of what was written off, what still is after some of it came. `None`: nothing, or more than that.
pub fn after_loss(written_off: Fen, amount: Fen) -> Option<Fen> {
    let rest = written_off.checked_sub(amount)?;
    (amount.is_positive() && rest >= Fen::ZERO).then_some(rest)
}

/// What is still with the person: nothing of it has come back, neither by the bank nor by hand. Never below zero.
pub fn with_the_person(paid: Fen, recovered: Fen) -> Fen {
    paid.checked_sub(recovered).unwrap_or_default().max(Fen::ZERO)
}

/// What may still be claimed of what was paid, after earlier claims (what of them came or was written off). `None`: an amount that may not.
pub fn claimable(paid: Fen, gone: Fen, amount: Fen) -> Option<Fen> {
    let rest = paid.checked_sub(gone)?;
    (amount.is_positive() && amount <= rest).then_some(rest)
}

#[cfg(test)]
mod tests {
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{after_instalment, after_loss, claimable};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whoever claims, pays and writes off what in whatever order: Σ recovered + Σ written off ≤ Σ claimed ≤ paid, at any moment, and what
        /// comes of what was written off is not counted twice.
        #[test]
        fn what_comes_back_never_passes_what_is_claimed_nor_that_what_was_paid(
            paid in 1_i64..100_000, moves in prop::collection::vec((0_u8..4, -10_i64..60_000), 0..40),
        ) {
            let paid = Fen(paid);
            // Claims that are done, and the open one: claimed, recovered. Of those that are done, what is lost.
            let (mut done, mut open, mut lost) = (Fen::ZERO, None::<(Fen, Fen)>, Fen::ZERO);
            let mut came = Fen::ZERO;
            for (what, amount) in moves {
                match open {
                    None if what == 0 => {
                        open = claimable(paid, done, Fen(amount)).map(|_| (Fen(amount), Fen::ZERO));
                    }
                    None => {
                        if let Some(rest) = after_loss(lost, Fen(amount)) {
                            (lost, came) = (rest, came.checked_add(Fen(amount)).unwrap());
                        }
                    }
                    Some((claimed, recovered)) if what == 1 => {
                        lost = [lost, claimed.checked_sub(recovered).unwrap()].into_iter().sum();
                        (done, came) = (done.checked_add(claimed).unwrap(), came.checked_add(recovered).unwrap());
                        open = None;
                    }
                    Some((claimed, recovered)) => {
                        let next = after_instalment(claimed, recovered, Fen(amount)).unwrap_or(recovered);
                        open = Some((claimed, next));
                        if next == claimed {
                            (done, came) = (done.checked_add(claimed).unwrap(), came.checked_add(claimed).unwrap());
                            open = None;
                        }
                    }
                }
                let (claimed, recovered) = open.unwrap_or_default();
                prop_assert!(recovered <= claimed);
                prop_assert!(done.checked_add(claimed).unwrap() <= paid);
                prop_assert!(lost >= Fen::ZERO);
                prop_assert_eq!(came.checked_add(lost).unwrap(), done);
            }
        }
    }
}
