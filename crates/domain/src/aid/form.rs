//! Row: `aid_form`, a blank application that was printed. Its number says nothing of anybody: whoever finds the paper learns no name from
//! it, and who reads the number without a role finds nothing.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, AidFormId, CaseId, PersonId, RegionCode, UnitId};

/// Digits of a number, the last of which is a check.
pub const DIGITS: usize = 9;

/// 空白申请表.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_form")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AidFormId,
    /// What stands on it, as a pattern and in digits.
    pub number: String,
    /// Whom it was printed for; `None` for whoever comes.
    pub person_id: Option<PersonId>,
    /// In which region it was printed.
    pub region: RegionCode,
    /// For which unit.
    pub unit_id: Option<UnitId>,
    /// Who printed it.
    pub printed_by: AccountId,
    /// When.
    pub printed_at: DateTime<Utc>,
    /// The case that it became.
    pub case_id: Option<CaseId>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A fresh number.
pub(super) fn number() -> String {
    let stem = format!("{:08}", rand::random::<u32>() % 100_000_000);
    format!("{stem}{}", check(&stem))
}

/// What somebody typed, or `None` if it cannot be a number: one digit that is wrong, and two that changed places, are noticed
/// (ISO 7064, mod 11,10).
pub fn parse_number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let (stem, last) = digits.split_at_checked(DIGITS - 1)?;
    let all = digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit());
    (all && last == check(stem).to_string()).then_some(digits)
}

/// As people read it: 123-456-789.
pub fn spoken(number: &str) -> String {
    let parts: Vec<&str> = [0..3, 3..6, 6..9].into_iter().filter_map(|part| number.get(part)).collect();
    parts.join("-")
}

fn check(stem: &str) -> u32 {
    let mut product = 10;
    for digit in stem.chars().filter_map(|digit| digit.to_digit(10)) {
        let sum = (digit + product) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    (11 - product) % 10
}

#[cfg(test)]
mod tests {
    use super::{number, parse_number, spoken};

    #[test]
    fn a_number_is_read_as_it_is_said_and_a_slip_is_noticed() {
        for _ in 0..200 {
            let number = number();
            assert_eq!(parse_number(&spoken(&number)), Some(number.clone()));
            for at in 0..number.len() {
                let mut other = number.clone().into_bytes();
                other[at] = if other[at] == b'9' { b'0' } else { other[at] + 1 };
                assert_eq!(parse_number(std::str::from_utf8(&other).unwrap()), None, "{number} at {at}");
            }
        }
        for wrong in ["", "123", "12345678x", "一二三四五六七八九", "1234567890"] {
            assert_eq!(parse_number(wrong), None, "{wrong}");
        }
    }
}
