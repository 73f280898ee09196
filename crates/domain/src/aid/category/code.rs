//! The code of a category: what stands in rows, envelopes and forms. Once made it stays what it is for good.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

use crate::{ids::NotAnId, outreach};

/// Letters of a code at most.
pub const LONGEST: usize = 24;

/// 帮扶类别, by its code; the letters behind it are zeros. What it is called, where and since when, say
/// [`Categories`](super::Categories).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[sea_orm(value_type = "String")]
#[serde(try_from = "String", into = "String")]
pub struct Category([u8; LONGEST]);

impl Category {
    /// From [`Self::code`]: a small letter, then small letters, digits and `_`. `None` when it is none, or the word of visits.
    pub fn parse(code: &str) -> Option<Self> {
        let first = code.bytes().next().is_some_and(|letter| letter.is_ascii_lowercase());
        let rest = code.bytes().all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        let possible = first && rest && code.len() <= LONGEST && code != outreach::CATEGORY;
        possible.then(|| Self::of(code))
    }

    /// Of a code that is possible.
    pub(super) const fn of(code: &str) -> Self {
        let mut letters = [0; LONGEST];
        let mut room: &mut [u8] = &mut letters;
        let mut rest = code.as_bytes();
        while let Some((letter, others)) = rest.split_first() {
            let Some((to, more)) = room.split_first_mut() else { break };
            *to = *letter;
            room = more;
            rest = others;
        }
        Self(letters)
    }

    /// The word in rows, envelopes and forms.
    pub fn code(&self) -> &str {
        let letters = self.0.split(|letter| *letter == 0).next().unwrap_or_default();
        std::str::from_utf8(letters).unwrap_or_default()
    }
}

impl fmt::Debug for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Category({})", self.code())
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Category {
    type Err = NotAnId;

    fn from_str(code: &str) -> Result<Self, NotAnId> {
        Self::parse(code).ok_or(NotAnId)
    }
}

impl TryFrom<String> for Category {
    type Error = NotAnId;

    fn try_from(code: String) -> Result<Self, NotAnId> {
        code.parse()
    }
}

impl From<Category> for String {
    fn from(category: Category) -> Self {
        category.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Category, LONGEST};

    #[test]
    fn a_code_is_short_and_plain() {
        let long = "a".repeat(LONGEST);
        for code in ["fire", "medical_cost", "x2", long.as_str()] {
            let category = Category::parse(code).unwrap();
            assert_eq!(category.code(), code);
            assert_eq!(serde_json::to_string(&category).unwrap(), format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Category>(&format!("\"{code}\"")).unwrap(), category);
        }
        let longer = "a".repeat(LONGEST + 1);
        for bad in ["", "Fire", "2x", "_x", "a b", "a\0", "火灾", "outreach", longer.as_str()] {
            assert_eq!(Category::parse(bad), None, "{bad}");
            assert!(serde_json::from_str::<Category>(&format!("{bad:?}")).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written(code in ".{0,30}") {
            if let Some(category) = Category::parse(&code) {
                prop_assert_eq!(category.to_string(), code);
            }
        }
    }
}
