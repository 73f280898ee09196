//! Invented people for tests and the demo: deterministic, with the age pyramid of the trade and faults planted on purpose, so that whoever
//! builds a check can count what it should find. Nobody in it lives.

mod cast;
mod draw;
mod error;
mod facts;
mod load;
mod people;
mod rows;

use chrono::NaiveDate;

use crate::{ids::RegionCode, region};

pub use cast::{Cast, cast};
pub use error::SeedError;
pub use load::{load, loaded};
pub use people::Planted;

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 600 people in three counties, 12 branches.
    Tiny,
    /// 12,000 people in one county, 220 branches.
    County,
    /// 460,000 people in every county of the province, 10,400 branches: what figures are taken on.
    Province,
}

impl Size {
    /// People, without the cast.
    pub const fn people(self) -> usize {
        match self {
            Self::Tiny => 600,
            Self::County => 12_000,
            Self::Province => 460_000,
        }
    }

    /// Branches, without the cast's.
    pub const fn branches(self) -> usize {
        match self {
            Self::Tiny => 12,
            Self::County => 220,
            Self::Province => 10_400,
        }
    }

    /// The counties.
    fn regions(self, today: NaiveDate) -> Vec<RegionCode> {
        let some = |codes: &[&str]| codes.iter().filter_map(|code| code.parse().ok()).collect();
        match self {
            Self::Tiny => some(&["330106", "330102", "330108"]),
            Self::County => some(&["330106"]),
            Self::Province => {
                let counties = region::reference::rows().filter(|row| row.level == 3 && row.valid_on(today));
                counties.map(|county| county.code).collect()
            }
        }
    }
}
