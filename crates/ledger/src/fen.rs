//! Money: a whole number of fen. There is no way from a float.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// An amount in fen, a hundredth of a yuan. Shown as `¥1,234.00`; stored and sent as the whole number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Not an amount: see [`Fen::from_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money")]
pub struct NotFen;

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole yuan. At the end of what can be told, it stays there.
    pub const fn yuan(yuan: i64) -> Self {
        Self(yuan.saturating_mul(100))
    }

    /// The number of fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, if it can be told.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The difference, if it can be told.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(difference) => Some(Self(difference)),
            None => None,
        }
    }

    /// So many times as much, if it can be told.
    pub const fn checked_mul(self, times: i64) -> Option<Self> {
        match self.0.checked_mul(times) {
            Some(product) => Some(Self(product)),
            None => None,
        }
    }

    /// The other way round, if it can be told.
    pub const fn checked_neg(self) -> Option<Self> {
        match self.0.checked_neg() {
            Some(negative) => Some(Self(negative)),
            None => None,
        }
    }

    /// More than nothing.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum of all, if it can be told.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

/// Adds up what is known to be small, such as a page's lines; at the end of what can be told, it stays there.
impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| Self(sum.0.saturating_add(amount.0)))
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        let digits = (fen / 100).to_string();
        let mut yuan = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                yuan.push(',');
            }
            yuan.push(digit);
        }
        f.pad(&format!("{sign}¥{yuan}.{:02}", fen % 100))
    }
}

/// Reads what people type and what [`Display`](fmt::Display) writes: `3000`, `3000.5`, `3,000.50`, `¥3,000.00`, `-1`.
/// More than two decimals is refused rather than rounded; commas must stand between groups of three.
impl FromStr for Fen {
    type Err = NotFen;

    fn from_str(text: &str) -> Result<Self, NotFen> {
        let text = text.trim();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let text = text.strip_prefix(['¥', '￥']).unwrap_or(text);
        let (yuan, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let fen = match (decimals.len(), digits(decimals)?) {
            (1, tenths) => tenths * 10,
            (2, hundredths) => hundredths,
            _ => return Err(NotFen),
        };
        let mut groups = yuan.split(',');
        let mut joined = groups.next().unwrap_or_default().to_owned();
        let grouped = yuan.contains(',');
        if grouped && joined.len() > 3 {
            return Err(NotFen);
        }
        for group in groups {
            if group.len() != 3 {
                return Err(NotFen);
            }
            joined.push_str(group);
        }
        let amount =
            digits(&joined)?.checked_mul(100).and_then(|yuan| yuan.checked_add(fen)).ok_or(NotFen)?;
        Ok(Self(if negative { -amount } else { amount }))
    }
}

/// Digits only: `i64::from_str` would also take a sign.
fn digits(text: &str) -> Result<i64, NotFen> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotFen);
    }
    text.parse().or(Err(NotFen))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shows_yuan_and_fen() {
        for (fen, shown) in [
            (0, "¥0.00"),
            (5, "¥0.05"),
            (-5, "-¥0.05"),
            (123_400, "¥1,234.00"),
            (300_000, "¥3,000.00"),
            (99_999, "¥999.99"),
            (1_500_000_000, "¥15,000,000.00"),
            (i64::MIN, "-¥92,233,720,368,547,758.08"),
        ] {
            assert_eq!(Fen(fen).to_string(), shown);
        }
        assert_eq!(format!("{:>12}|", Fen::yuan(3)), "       ¥3.00|");
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in [
            "",
            "-",
            "¥",
            ".5",
            "1.",
            "1.234",
            "1,23",
            "12,34.00",
            "1,2345",
            "+3",
            "1e3",
            "三千",
            "--1",
            "99999999999999999999",
        ] {
            assert_eq!(text.parse::<Fen>(), Err(NotFen), "{text}");
        }
        assert_eq!("3000.5".parse(), Ok(Fen(300_050)));
        assert_eq!(" ￥3,000 ".parse(), Ok(Fen::yuan(3000)));
    }

    #[test]
    fn is_a_whole_number_on_the_wire() {
        assert_eq!(serde_json::to_string(&Fen::yuan(3)).unwrap(), "300");
        assert_eq!(serde_json::from_str::<Fen>("300").unwrap(), Fen::yuan(3));
        assert!(serde_json::from_str::<Fen>("3.5").is_err());
    }

    #[test]
    fn the_end_of_what_can_be_told_is_noticed() {
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
        assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), None);
        assert_eq!(Fen(i64::MIN).checked_neg(), None);
        assert_eq!(Fen::checked_sum([Fen(i64::MAX), Fen(1)]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn reads_what_it_shows(fen in -i64::MAX / 2..i64::MAX / 2) {
            prop_assert_eq!(Fen(fen).to_string().parse(), Ok(Fen(fen)));
        }

        #[test]
        fn never_panics_on_what_people_type(text in ".{0,30}") {
            let _ = text.parse::<Fen>();
        }
    }
}
