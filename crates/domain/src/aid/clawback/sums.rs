//! How much may be claimed and how much may come. Pure; the same stands as a check in the table.

use ledger::Fen;

/// What has come after one more part. `None`: nothing, or more than is claimed.
pub fn after_instalment(claimed: Fen, recovered: Fen, amount: Fen) -> Option<Fen> {
    let total = recovered.checked_add(amount)?;
    (amount.is_positive() && total <= claimed).then_some(total)
}

/// What is still with the person: nothing of it has come back, neither by the bank nor by hand. Never below zero.
pub fn with_the_person(paid: Fen, recovered: Fen) -> Fen {
    paid.checked_sub(recovered).unwrap_or_default().max(Fen::ZERO)
}

/// What may still be claimed of what was paid, after earlier claims (their recovered sums). `None`: an amount that may not.
pub fn claimable(paid: Fen, recovered: Fen, amount: Fen) -> Option<Fen> {
    let rest = paid.checked_sub(recovered)?;
    (amount.is_positive() && amount <= rest).then_some(rest)
}

#[cfg(test)]
mod tests {
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{after_instalment, claimable};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whoever claims and pays what in whatever order: Σ recovered ≤ Σ claimed ≤ paid, at any moment.
        #[test]
        fn what_comes_back_never_passes_what_is_claimed_nor_that_what_was_paid(
            paid in 1_i64..100_000, moves in prop::collection::vec((any::<bool>(), -10_i64..60_000), 0..40),
        ) {
            let paid = Fen(paid);
            // Claims that are done, and the open one: claimed, recovered.
            let (mut done, mut open) = (Fen::ZERO, None::<(Fen, Fen)>);
            for (claims, amount) in moves {
                match open {
                    None if claims => {
                        open = claimable(paid, done, Fen(amount)).map(|_| (Fen(amount), Fen::ZERO));
                    }
                    None => {}
                    Some((claimed, recovered)) => {
                        let next = after_instalment(claimed, recovered, Fen(amount)).unwrap_or(recovered);
                        open = Some((claimed, next));
                        if next == claimed {
                            done = done.checked_add(claimed).unwrap();
                            open = None;
                        }
                    }
                }
                let (claimed, recovered) = open.unwrap_or_default();
                prop_assert!(recovered <= claimed);
                prop_assert!(done.checked_add(claimed).unwrap() <= paid);
            }
        }
    }
}
