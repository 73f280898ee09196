//! Telephone and payout account numbers: normalised once, printed never.

use std::fmt;

use super::{digits, mask};

/// The text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a telephone number")]
pub struct NotAPhone;

/// A mobile number (11 digits) or a landline with its area code. A phone is no identity: couples share one,
/// children answer it.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Takes `+86`, spaces, hyphens, brackets and full-width digits.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let plain: String = digits::plain(text).chars().filter(|c| !matches!(c, '(' | ')')).collect();
        let plain = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).unwrap_or(&plain);
        let digits_only = plain.bytes().all(|b| b.is_ascii_digit());
        let mobile = plain.len() == 11 && plain.starts_with('1');
        let landline = matches!(plain.len(), 10..=12) && plain.starts_with('0');
        if digits_only && (mobile || landline) { Ok(Self(plain.to_owned())) } else { Err(NotAPhone) }
    }

    /// The digits. Sensitive.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", mask::phone(&self.0))
    }
}

/// The text is no account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an account number")]
pub struct NotAnAccountNumber;

/// The number of a bank card or passbook. Banks number differently, so only digits and length are checked.
#[derive(Clone, PartialEq, Eq)]
pub struct PayoutNumber(String);

impl PayoutNumber {
    /// Takes spaces, hyphens and full-width digits.
    pub fn parse(text: &str) -> Result<Self, NotAnAccountNumber> {
        let plain = digits::plain(text);
        let fits = matches!(plain.len(), 8..=30) && plain.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(plain)) } else { Err(NotAnAccountNumber) }
    }

    /// The digits. Sensitive.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four, which is what screens and the row show.
    pub fn tail(&self) -> String {
        mask::tail(&self.0)
    }
}

impl fmt::Debug for PayoutNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PayoutNumber({})", mask::account(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::{PayoutNumber, Phone};

    #[test]
    fn a_phone_is_read_however_it_is_written() {
        for text in [
            "13800001234",
            "138 0000 1234",
            "138-0000-1234",
            "+86 13800001234",
            "１３８００００１２３４",
            "'13800001234",
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "13800001234", "{text:?}");
        }
        assert_eq!(Phone::parse("(0571) 8705-1234").unwrap().as_str(), "057187051234");
        for bad in ["", "1380000123", "23800001234", "8705123", "1.38E+10", "电话"] {
            assert!(Phone::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn nothing_prints_a_number() {
        assert_eq!(format!("{:?}", Phone::parse("13800001234").unwrap()), "Phone(138****1234)");
        let account = PayoutNumber::parse("6222 0212 0204 1234 567").unwrap();
        assert_eq!(format!("{account:?}"), "PayoutNumber(****4567)");
        assert_eq!(account.tail(), "4567");
        assert!(PayoutNumber::parse("6222E+18").is_err());
    }
}
