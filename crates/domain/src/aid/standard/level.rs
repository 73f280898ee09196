//! 审批权限: who is high enough to agree to an amount.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::{authority::Scope, ids::RegionCode};

/// How high somebody stands who approves: 县、市、省.
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
pub enum Level {
    /// 县级, and whatever is below it.
    County,
    /// 市级.
    City,
    /// 省级.
    Province,
}

impl Level {
    /// The word on screens and in the form.
    pub const fn label(self) -> &'static str {
        match self {
            Self::County => "县级",
            Self::City => "市级",
            Self::Province => "省级",
        }
    }

    /// The next one up. `None`: there is none.
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::County => Some(Self::City),
            Self::City => Some(Self::Province),
            Self::Province => None,
        }
    }

    /// Of a region, by its code: 33, 3301, 330106.
    pub fn of(region: &RegionCode) -> Self {
        match region.as_str().len() {
            0..=2 => Self::Province,
            3..=4 => Self::City,
            _ => Self::County,
        }
    }

    /// Of whoever reaches this far. A unit is no higher than a county.
    pub fn of_reach(reach: &[Scope]) -> Self {
        let regions = reach.iter().filter_map(|scope| match scope {
            Scope::Region(code) => Some(Self::of(code)),
            _ => None,
        });
        regions.max().unwrap_or(Self::County)
    }
}

#[cfg(test)]
mod tests {
    use super::Level;
    use crate::{
        authority::Scope,
        ids::{RegionCode, UnitId},
    };

    #[test]
    fn the_widest_that_somebody_reaches_counts() {
        let region = |code| Scope::Region(RegionCode::parse(code).unwrap());
        assert_eq!(Level::of_reach(&[region("330106"), region("3301")]), Level::City);
        assert_eq!(Level::of_reach(&[region("33")]), Level::Province);
        assert_eq!(Level::of_reach(&[region("330106001")]), Level::County);
        assert_eq!(Level::of_reach(&[]), Level::County);
        let unit = UnitId::new(chrono::DateTime::UNIX_EPOCH);
        assert_eq!(Level::of_reach(&[Scope::Unit(unit)]), Level::County);
    }
}
