//! How much of what was approved is paid. Pure; the same stands as a check in the table.

use ledger::Fen;

/// What is paid after one more payment. `None`: it would be more than was approved.
pub(super) fn after_payment(approved: Option<Fen>, paid: Fen, amount: Fen) -> Option<Fen> {
    let total = paid.checked_add(amount)?;
    (amount.is_positive() && total <= approved?).then_some(total)
}

/// What is paid after a payment came back. `None`: more would come back than went.
pub(super) fn after_return(paid: Fen, amount: Fen) -> Option<Fen> {
    let total = paid.checked_sub(amount)?;
    (amount.is_positive() && total >= Fen::ZERO).then_some(total)
}

#[cfg(test)]
mod tests {
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{after_payment, after_return};

    #[test]
    fn nothing_is_paid_that_was_not_approved() {
        assert_eq!(after_payment(None, Fen::ZERO, Fen(1)), None);
        assert_eq!(after_payment(Some(Fen(5)), Fen(5), Fen(1)), None);
        assert_eq!(after_payment(Some(Fen(i64::MAX)), Fen(i64::MAX), Fen(1)), None);
        assert_eq!(after_payment(Some(Fen(5)), Fen::ZERO, Fen(-1)), None);
        assert_eq!(after_return(Fen(1), Fen(2)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever the bank does in whatever order: the sum of what is paid stays between nothing and what was approved.
        #[test]
        fn what_is_paid_never_passes_what_was_approved(
            approved in 1_i64..1_000_000,
            moves in prop::collection::vec((any::<bool>(), -10_i64..1_200_000), 0..40),
        ) {
            let approved = Fen(approved);
            let mut paid = Fen::ZERO;
            for (pays, amount) in moves {
                let next = if pays {
                    after_payment(Some(approved), paid, Fen(amount))
                } else {
                    after_return(paid, Fen(amount))
                };
                paid = next.unwrap_or(paid);
                prop_assert!(Fen::ZERO <= paid && paid <= approved);
            }
        }
    }
}
