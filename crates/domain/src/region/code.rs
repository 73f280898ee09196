//! The code by which a region is known.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};

use crate::ids::NotAnId;

/// 行政区划代码: province 2 digits, city 4, county 6, township 9, village 12 (GB/T 2260 and the statistics
/// bureau's longer codes). A place lies in another one exactly when its code begins with the other's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(String);

impl RegionCode {
    /// `None` when the text is not digits of one of the five lengths.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = matches!(text.len(), 2 | 4 | 6 | 9 | 12) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    /// Reads what people type as well: GB/T 2260 fills the codes of provinces and cities up to six digits with zeros.
    pub fn from_gb2260(text: &str) -> Option<Self> {
        let code = Self::parse(text)?;
        let short = ["0000", "00"].iter().find_map(|zeros| text.strip_suffix(zeros));
        short.filter(|_| text.len() == 6).map_or(Some(code), Self::parse)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it lies right below, by its code. `None`: a province.
    pub fn above(&self) -> Option<Self> {
        let length = match self.0.len() {
            12 => 9,
            9 => 6,
            6 => 4,
            4 => 2,
            _ => return None,
        };
        self.0.get(..length).map(|code| Self(code.to_owned()))
    }

    /// The same place when the region `old` has the code `new`.
    pub(crate) fn carried(&self, old: &Self, new: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&old.0)?;
        Self::parse(&format!("{}{rest}", new.0))
    }

    /// Is `place` this region or a part of it?
    pub fn covers(&self, place: &Self) -> bool {
        place.0.starts_with(&self.0)
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RegionCode {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        Self::parse(&text).ok_or(NotAnId)
    }
}

impl FromStr for RegionCode {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Self::parse(text).ok_or(NotAnId)
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.0
    }
}

impl TryFromU64 for RegionCode {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("RegionCode"))
    }
}

#[cfg(test)]
mod tests {
    use super::RegionCode;

    #[test]
    fn a_region_covers_what_begins_with_its_code() {
        let code = |text| RegionCode::parse(text).unwrap();
        assert!(code("33").covers(&code("330106")));
        assert!(code("330106").covers(&code("330106")));
        assert!(code("330106").covers(&code("330106003")));
        assert!(!code("330106").covers(&code("3301")));
        assert!(!code("330105").covers(&code("330106003")));
        for bad in ["", "3", "333", "33x1", "33010600", "3301060030010"] {
            assert!(RegionCode::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_code_says_what_it_lies_below() {
        let code = |text| RegionCode::parse(text).unwrap();
        assert_eq!(code("330106003").above(), Some(code("330106")));
        assert_eq!(code("330106").above().unwrap().above(), Some(code("33")));
        assert_eq!(code("33").above(), None);
        let village = code("330106003001");
        assert_eq!(village.carried(&code("330106003"), &code("330113007")), Some(code("330113007001")));
        assert_eq!(village.carried(&code("330110"), &code("330113")), None);
    }

    #[test]
    fn the_zeros_of_a_short_code_mean_nothing() {
        for (typed, code) in [("330000", "33"), ("330100", "3301"), ("330106", "330106"), ("33", "33")] {
            assert_eq!(RegionCode::from_gb2260(typed), RegionCode::parse(code), "{typed}");
        }
        // A township's nine digits may end in zeros of their own.
        assert_eq!(RegionCode::from_gb2260("330106100"), RegionCode::parse("330106100"));
    }
}
