//! What an envelope is for: a category of hardship aid, or visits.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;

use crate::{aid::Category, ids::NotAnId, outreach};

/// 经费类别.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum Purpose {
    /// 困难帮扶.
    Aid(Category),
    /// 走访慰问.
    Outreach,
}

impl Purpose {
    /// All of them, in the order of forms.
    pub fn all() -> impl Iterator<Item = Self> {
        Category::all().map(Self::Aid).chain([Self::Outreach])
    }

    /// The word in rows, envelopes and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Aid(category) => category.code(),
            Self::Outreach => outreach::CATEGORY,
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|purpose| purpose.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Aid(category) => category.label(),
            Self::Outreach => "走访慰问",
        }
    }
}

impl From<Category> for Purpose {
    fn from(category: Category) -> Self {
        Self::Aid(category)
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Purpose {
    type Err = NotAnId;

    fn from_str(code: &str) -> Result<Self, NotAnId> {
        Self::parse(code).ok_or(NotAnId)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Purpose;

    #[test]
    fn no_two_purposes_have_one_word() {
        let codes: BTreeSet<&str> = Purpose::all().map(Purpose::code).collect();
        assert_eq!(codes.len(), Purpose::all().count());
        for purpose in Purpose::all() {
            assert_eq!(purpose.to_string().parse(), Ok(purpose));
        }
        assert_eq!(Purpose::parse("gold"), None);
    }
}
