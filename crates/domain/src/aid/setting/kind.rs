//! What a row is about.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

/// One thing that may be written about a category.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 材料清单.
    Papers,
    /// 家访评估.
    Assessment,
    /// 集体研究: of sums above so much.
    CouncilAbove,
    /// 同一件事: other categories that are for the same need.
    SameNeed,
}

impl Kind {
    /// All of them, in the order of the way of a case.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Papers => "papers",
            Self::Assessment => "assessment",
            Self::CouncilAbove => "council_above",
            Self::SameNeed => "same_need",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|kind| kind.code() == code)
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Papers => "材料清单",
            Self::Assessment => "家访评估",
            Self::CouncilAbove => "超过多少要集体研究",
            Self::SameNeed => "同一件事的类别",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::Kind;

    #[test]
    fn the_row_holds_the_code() {
        for kind in Kind::all() {
            assert_eq!(kind.to_value(), kind.code());
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
    }
}
