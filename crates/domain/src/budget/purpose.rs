//! What an envelope is for: a category of hardship aid, or visits.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use sea_orm::DeriveValueType;

use crate::{
    aid::category::{Categories, Category},
    ids::{NotAnId, RegionCode},
    outreach,
};

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
    /// All of them, in the order of forms: money may still be left of a category that is no longer offered.
    pub fn all(categories: &Categories) -> impl Iterator<Item = Self> {
        categories.all().into_iter().map(Self::Aid).chain([Self::Outreach])
    }

    /// The word in rows, envelopes and forms.
    pub fn code(&self) -> &str {
        match self {
            Self::Aid(category) => category.code(),
            Self::Outreach => outreach::CATEGORY,
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        if code == outreach::CATEGORY { Some(Self::Outreach) } else { Category::parse(code).map(Self::Aid) }
    }

    /// From [`Self::code`], if there is money for it anywhere: a category only if somebody has made it.
    pub fn named(code: &str, categories: &Categories) -> Option<Self> {
        Self::parse(code).filter(|purpose| match purpose {
            Self::Aid(category) => categories.knows(*category),
            Self::Outreach => true,
        })
    }

    /// The word on the screens of a place on a day.
    pub fn label(self, categories: &Categories, region: &RegionCode, day: NaiveDate) -> String {
        match self {
            Self::Aid(category) => categories.label(category, region, day),
            Self::Outreach => "走访慰问".to_owned(),
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

    use chrono::DateTime;

    use super::Purpose;
    use crate::aid::category::{Categories, reference};

    #[test]
    fn no_two_purposes_have_one_word() {
        let all: Vec<Purpose> =
            Purpose::all(&Categories::of(reference::rows(DateTime::UNIX_EPOCH))).collect();
        let codes: BTreeSet<&str> = all.iter().map(Purpose::code).collect();
        assert_eq!((all.len(), codes.len()), (13, 13));
        for purpose in all {
            assert_eq!(purpose.to_string().parse(), Ok(purpose));
        }
        assert_eq!(Purpose::parse("Gold"), None);
    }
}
