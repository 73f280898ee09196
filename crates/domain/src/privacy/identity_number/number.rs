//! 公民身份号码, GB 11643-1999: 6 digits of place, 8 of birth, 3 of sequence (odd = male) and a check
//! character (ISO 7064 MOD 11-2).
//!
//! Only the province is checked in the place: districts come and go, the numbers they gave out stay. A real
//! date is demanded. First-generation numbers of 15 digits, which old files still hold, are completed and
//! marked as derived, because nobody ever checked their last digit.

use std::fmt;

use chrono::NaiveDate;

use super::super::{digits, mask};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIdentityNumber {
    /// There is nothing.
    #[error("empty")]
    Empty,
    /// A spreadsheet has turned it into a number (`3.30102E+17`): the last digits are lost for good.
    #[error("a spreadsheet's number, its last digits are lost")]
    Scientific,
    /// Neither 18 nor 15 characters.
    #[error("neither 18 nor 15 characters")]
    Length,
    /// Something other than digits and a final X.
    #[error("holds something other than digits and a final X")]
    Characters,
    /// The first two digits are no province.
    #[error("begins with no known province")]
    Province,
    /// The birth date does not exist.
    #[error("the birth date does not exist")]
    Date,
    /// The check character is wrong: most often one digit is mistyped.
    #[error("the check character does not fit")]
    Check,
}

/// A valid identity number in its 18-character form.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityNumber {
    text: String,
    born_on: NaiveDate,
    derived: bool,
}

impl IdentityNumber {
    /// Reads what a person or a spreadsheet wrote.
    pub fn parse(text: &str) -> Result<Self, NotAnIdentityNumber> {
        let plain = digits::plain(text).to_ascii_uppercase();
        if plain.is_empty() {
            return Err(NotAnIdentityNumber::Empty);
        }
        if is_scientific(&plain) {
            return Err(NotAnIdentityNumber::Scientific);
        }
        match plain.chars().count() {
            18 => Self::of_18(plain),
            15 => Self::of_15(&plain),
            _ => Err(NotAnIdentityNumber::Length),
        }
    }

    fn of_18(text: String) -> Result<Self, NotAnIdentityNumber> {
        let (body, check) = text.split_at_checked(17).ok_or(NotAnIdentityNumber::Characters)?;
        let right = check_character(body).ok_or(NotAnIdentityNumber::Characters)?;
        if !check.chars().all(|c| c.is_ascii_digit() || c == 'X') {
            return Err(NotAnIdentityNumber::Characters);
        }
        let born_on = place_and_date(body)?;
        if !check.starts_with(right) {
            return Err(NotAnIdentityNumber::Check);
        }
        Ok(Self { text, born_on, derived: false })
    }

    /// The sequences 996 to 999 were kept for people who were a hundred years old when the numbers came.
    fn of_15(text: &str) -> Result<Self, NotAnIdentityNumber> {
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnIdentityNumber::Characters);
        }
        let (place, rest) = text.split_at_checked(6).ok_or(NotAnIdentityNumber::Length)?;
        let century = if matches!(rest.get(6..), Some("996" | "997" | "998" | "999")) { "18" } else { "19" };
        let body = format!("{place}{century}{rest}");
        let check = check_character(&body).ok_or(NotAnIdentityNumber::Characters)?;
        let born_on = place_and_date(&body)?;
        Ok(Self { text: format!("{body}{check}"), born_on, derived: true })
    }

    /// The 18 characters. Sensitive: only for sealing, indexing and an audited unmasking.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The birth date in the number. The personnel file may say another one, and then the file is right.
    pub fn born_on(&self) -> NaiveDate {
        self.born_on
    }

    /// Odd sequence: male.
    pub fn is_male(&self) -> bool {
        self.text.as_bytes().get(16).is_some_and(|digit| digit % 2 == 1)
    }

    /// Was it completed from 15 digits?
    pub fn is_derived(&self) -> bool {
        self.derived
    }
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityNumber({})", mask::identity_number(&self.text))
    }
}

fn is_scientific(plain: &str) -> bool {
    plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.contains('E')
        && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'E' | '+'))
}

/// `None` unless the 17 characters are digits.
fn check_character(body: &str) -> Option<char> {
    let mut sum = 0;
    let mut seen = 0;
    for (c, weight) in body.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
        seen += 1;
    }
    let remainder = usize::try_from(sum % 11).ok()?;
    if seen == WEIGHTS.len() { CHECKS.get(remainder).copied() } else { None }
}

fn place_and_date(body: &str) -> Result<NaiveDate, NotAnIdentityNumber> {
    let province = body.get(..2).and_then(|text| text.parse::<u8>().ok());
    if !province.is_some_and(is_province) {
        return Err(NotAnIdentityNumber::Province);
    }
    let date = body.get(6..14).ok_or(NotAnIdentityNumber::Length)?;
    NaiveDate::parse_from_str(date, "%Y%m%d").or(Err(NotAnIdentityNumber::Date))
}

/// GB/T 2260 province codes, with 83 (residence permits of people from Taiwan).
const fn is_province(code: u8) -> bool {
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}
