//! Dividing an amount so that nothing is lost.

use crate::Fen;

/// Divides `total` by `weights`: the shares sum to exactly `total`, and each differs from its exact part by less than
/// one fen (largest remainders; among equal remainders the first come first). `None` when nobody has a weight.
pub fn split(total: Fen, weights: &[u64]) -> Option<Vec<Fen>> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return None;
    }
    let amount = u128::from(total.fen().unsigned_abs());
    let mut parts = Vec::with_capacity(weights.len());
    let mut given = 0;
    for (at, weight) in weights.iter().enumerate() {
        let (whole, rest) = share(amount, u128::from(*weight), sum)?;
        given += whole;
        parts.push((at, whole, rest));
    }
    let mut left = amount - given;
    parts.sort_by_key(|(at, _, rest)| (std::cmp::Reverse(*rest), *at));
    for (_, whole, _) in &mut parts {
        if left == 0 {
            break;
        }
        *whole += 1;
        left -= 1;
    }
    parts.sort_by_key(|(at, ..)| *at);
    let negative = total.fen() < 0;
    parts
        .into_iter()
        .map(|(_, whole, _)| {
            let share = i128::try_from(whole).ok()?;
            i64::try_from(if negative { -share } else { share }).ok().map(Fen)
        })
        .collect()
}

/// `amount * weight / sum` and its remainder. Both factors are below 2⁶⁴, so the product fits.
fn share(amount: u128, weight: u128, sum: u128) -> Option<(u128, u128)> {
    let product = amount.checked_mul(weight)?;
    Some((product / sum, product % sum))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_get_the_odd_fen() {
        assert_eq!(split(Fen(100), &[1, 1, 1]), Some(vec![Fen(34), Fen(33), Fen(33)]));
        assert_eq!(split(Fen(-100), &[1, 1, 1]), Some(vec![Fen(-34), Fen(-33), Fen(-33)]));
        assert_eq!(split(Fen(5), &[0, 1]), Some(vec![Fen(0), Fen(5)]));
        assert_eq!(split(Fen(2), &[1, 1, 1]), Some(vec![Fen(1), Fen(1), Fen(0)]));
    }

    #[test]
    fn nobody_gets_nothing() {
        assert_eq!(split(Fen(100), &[]), None);
        assert_eq!(split(Fen(100), &[0, 0]), None);
    }

    #[test]
    fn the_largest_amounts_and_weights_fit() {
        let shares = split(Fen(i64::MIN), &[u64::MAX, u64::MAX]).unwrap();
        assert_eq!(shares, [Fen(i64::MIN / 2), Fen(i64::MIN / 2)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn shares_sum_exactly(total in any::<i64>(), weights in prop::collection::vec(any::<u64>(), 1..60)) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let shares = split(Fen(total), &weights).unwrap();
            prop_assert_eq!(shares.len(), weights.len());
            prop_assert_eq!(Fen::checked_sum(shares.iter().copied()), Some(Fen(total)));
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!(*weight > 0 || share.fen() == 0);
            }
        }

        #[test]
        fn equals_get_the_same_but_for_one_fen(total in any::<i64>(), weight in 1..u64::MAX, people in 1_usize..2000) {
            let shares = split(Fen(total), &vec![weight; people]).unwrap();
            let (least, most) = (shares.iter().min().unwrap(), shares.iter().max().unwrap());
            prop_assert!(most.fen() - least.fen() <= 1);
        }

        #[test]
        fn no_share_is_a_fen_off(total in 0_i64..1 << 50, weights in prop::collection::vec(0_u64..1 << 20, 1..40)) {
            let sum: u64 = weights.iter().sum();
            prop_assume!(sum > 0);
            for (share, weight) in split(Fen(total), &weights).unwrap().iter().zip(&weights) {
                let scaled = i128::from(share.fen()) * i128::from(sum);
                let exact = i128::from(total) * i128::from(*weight);
                prop_assert!((scaled - exact).abs() < i128::from(sum));
            }
        }
    }
}
