//! Why the rest of a claim cannot be collected: a closed list, each with what the register must say for it.

use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use serde::{Deserialize, Serialize};

/// 核销的原因.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// 去世，没有遗产.
    NoEstate,
    /// 找不到人.
    Missing,
    /// 退不出来.
    Unable,
    /// 法院裁定终结执行.
    CourtEnded,
    /// 追的费用比钱多.
    CostsMore,
}

impl Loss {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoEstate => "no_estate",
            Self::Missing => "missing",
            Self::Unable => "unable",
            Self::CourtEnded => "court_ended",
            Self::CostsMore => "costs_more",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|loss| loss.code() == code)
    }

    /// The word at the desk.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoEstate => "人已去世，没有遗产可以退",
            Self::Missing => "找不到人",
            Self::Unable => "生活困难，退不出来",
            Self::CourtEnded => "法院裁定终结执行",
            Self::CostsMore => "追的费用比钱还多",
        }
    }

    /// May it be said of somebody who lives, or has died? The dead are neither sought nor poor.
    pub const fn holds(self, is_alive: bool) -> bool {
        match self {
            Self::NoEstate => !is_alive,
            Self::Missing | Self::Unable => is_alive,
            Self::CourtEnded | Self::CostsMore => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::Loss;

    #[test]
    fn the_row_holds_the_code_and_there_is_always_a_reason_to_choose() {
        for loss in Loss::all() {
            assert_eq!(loss.to_value(), loss.code());
            assert_eq!(Loss::parse(loss.code()), Some(loss));
        }
        for alive in [true, false] {
            assert!(Loss::all().filter(|loss| loss.holds(alive)).count() > 1);
        }
    }
}
