//! RFC 6238 over RFC 4226, as every authenticator app does it: HMAC-SHA-1, six digits, steps of thirty seconds.

use chrono::{DateTime, Utc};
use ring::hmac;
use subtle::ConstantTimeEq;

use super::Secret;

/// Seconds of a step.
pub const STEP: i64 = 30;
/// The code of a step before and of one after are taken, too: clocks differ, and typing takes time (RFC 6238, 5.2 and 6).
const APART: i64 = 1;

/// In which step a moment is.
pub fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP)
}

/// The code of a step.
pub fn code_of(secret: &Secret, step: i64) -> String {
    format!("{:06}", truncated(secret, step) % 1_000_000)
}

/// RFC 4226, 5.3: the low four bits of the last byte say which four bytes are the number, and its sign is dropped.
fn truncated(secret: &Secret, step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.bytes());
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let at = usize::from(bytes.last().copied().unwrap_or_default() & 0xf);
    let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
    u32::from_be_bytes(four.unwrap_or_default()) & 0x7fff_ffff
}

/// Of which step is what was typed? Steps up to the last one of which a code was taken are over: no code counts twice, and none of before.
pub(super) fn taken(secret: &Secret, typed: &str, last: Option<i64>, now: DateTime<Utc>) -> Option<i64> {
    let here = step_at(now);
    let mut open = (here - APART..=here + APART).filter(|step| last.is_none_or(|last| *step > last));
    open.find(|step| code_of(secret, *step).as_bytes().ct_eq(typed.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::*;

    use super::{STEP, Secret, code_of, step_at, taken, truncated};

    const KNOWN: Secret = Secret::from_bytes(*b"12345678901234567890");

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B, SHA-1.
    #[test]
    fn the_vectors_of_the_rfc() {
        for (seconds, code) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            assert_eq!(truncated(&KNOWN, step_at(at(seconds))) % 100_000_000, code, "{seconds}");
        }
    }

    /// RFC 4226, appendix D.
    #[test]
    fn the_vectors_of_the_counter() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ];
        for (step, code) in (0_i64..).zip(codes) {
            assert_eq!(code_of(&KNOWN, step), code);
        }
    }

    #[test]
    fn what_is_no_code_is_not_taken() {
        let now = at(1_111_111_111);
        for typed in ["", "5047", "05047", "0050471", "14050471", "o50471", "050472"] {
            assert_eq!(taken(&KNOWN, typed, None, now), None, "{typed:?}");
        }
        assert_eq!(taken(&KNOWN, "050471", None, now), Some(step_at(now)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// The step itself, one before and one after, and no other. By chance a code of another step is the same: one in a million.
        #[test]
        fn a_code_is_good_in_its_window_only(secret in any::<[u8; 20]>(), now in 0_i64..4_000_000_000, away in -400_i64..400) {
            let secret = Secret::from_bytes(secret);
            let step = step_at(at(now + away));
            let found = taken(&secret, &code_of(&secret, step), None, at(now));
            if (step - step_at(at(now))).abs() <= 1 {
                let found = found.unwrap();
                prop_assert!(found == step || code_of(&secret, found) == code_of(&secret, step));
            } else if let Some(other) = found {
                prop_assert_eq!(code_of(&secret, other), code_of(&secret, step));
            }
        }

        /// However they come, in whichever order: each taken step is later than the one before.
        #[test]
        fn no_code_is_taken_twice(secret in any::<[u8; 20]>(), start in 0_i64..4_000_000_000, tries in prop::collection::vec((0_i64..40, -3_i64..=3), 1..40)) {
            let secret = Secret::from_bytes(secret);
            let (mut now, mut last) = (at(start), None);
            for (later, off) in tries {
                now += TimeDelta::seconds(later);
                let code = code_of(&secret, step_at(now) + off);
                if let Some(step) = taken(&secret, &code, last, now) {
                    prop_assert!(last.is_none_or(|last| step > last));
                    prop_assert!((step * STEP - now.timestamp()).abs() <= 2 * STEP);
                    prop_assert_eq!(taken(&secret, &code, Some(step), now).filter(|again| *again == step), None);
                    last = Some(step);
                }
            }
        }
    }
}
