//! The value of a fact, typed, and the columns in which it stands.

use chrono::NaiveDate;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{FactKind, Shape};
use crate::{
    ids::{RegionCode, UnitId},
    person::Unit,
};

/// Since when it is so, of what nobody wrote down since when.
pub const LONG_AGO: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A level of rank or treatment, from low to high.
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
    /// 科级及以下.
    Section,
    /// 副县处级.
    DeputyCounty,
    /// 县处级.
    County,
    /// 副厅局级.
    DeputyBureau,
    /// 厅局级.
    Bureau,
    /// 副省级.
    DeputyProvince,
    /// 省级.
    Province,
}

impl Level {
    /// All of them, from low to high.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as sea_orm::Iterable>::iter()
    }

    /// The word in rows.
    pub fn code(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }

    /// Reads [`Level::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|level| level.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Section => "科级及以下",
            Self::DeputyCounty => "副县处级",
            Self::County => "县处级",
            Self::DeputyBureau => "副厅局级",
            Self::Bureau => "厅局级",
            Self::DeputyProvince => "副省级",
            Self::Province => "省级",
        }
    }

    /// The band of the yearly statistics.
    pub const fn band(self) -> &'static str {
        match self {
            Self::Section => "科级及以下",
            Self::DeputyCounty | Self::County => "县处级",
            Self::DeputyBureau | Self::Bureau => "厅局级",
            Self::DeputyProvince | Self::Province => "副省级及以上",
        }
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// That it is so.
    Bare,
    /// A unit, in the region that it was in when this was written: an old answer must not move with the unit.
    Unit(UnitId, RegionCode),
    /// A region.
    Region(RegionCode),
    /// A level.
    Level(Level),
    /// Words, or a code of ours.
    Text(String),
}

impl Value {
    /// A unit as it is.
    pub fn of_unit(unit: &Unit) -> Self {
        Self::Unit(unit.id, unit.region.clone())
    }

    /// May a fact of this kind have it?
    pub fn fits(&self, kind: FactKind) -> bool {
        match (kind.shape(), self) {
            (Shape::Bare, Self::Bare)
            | (Shape::Unit, Self::Unit(..))
            | (Shape::Region, Self::Region(_))
            | (Shape::Level, Self::Level(_)) => true,
            (Shape::Words | Shape::Code, Self::Text(text)) => !text.trim().is_empty(),
            _ => false,
        }
    }

    /// `value`, `unit_id`, `region`.
    pub(super) fn columns(self) -> (Option<String>, Option<UnitId>, Option<RegionCode>) {
        match self {
            Self::Bare => (None, None, None),
            Self::Unit(unit, region) => (None, Some(unit), Some(region)),
            Self::Region(region) => (None, None, Some(region)),
            Self::Level(level) => (Some(level.code()), None, None),
            Self::Text(text) => (Some(text), None, None),
        }
    }
}

/// Something to be known from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFact {
    /// Of which kind.
    pub kind: FactKind,
    /// What.
    pub value: Value,
    /// Since when it is so; [`LONG_AGO`] when nobody knows.
    pub from_on: NaiveDate,
    /// The document it is based on, or a few words.
    pub basis: String,
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn levels_are_in_order_and_in_four_bands() {
        assert!(Level::DeputyBureau > Level::County && Level::Province > Level::DeputyProvince);
        let mut bands: Vec<&str> = Level::all().map(Level::band).collect();
        bands.dedup();
        assert_eq!(bands, ["科级及以下", "县处级", "厅局级", "副省级及以上"]);
        for level in Level::all() {
            assert_eq!(Level::parse(&level.code()), Some(level));
        }
    }
}
