//! Which rows are in force in a place on a day. Pure.

use chrono::NaiveDate;

use super::{Kind, Setting};
use crate::{
    aid::{Category, ProposalState},
    ids::RegionCode,
};

/// Why something is asked: whose row, since when, by which document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// Whose.
    pub region: RegionCode,
    /// Since when.
    pub since: NaiveDate,
    /// The document.
    pub source: String,
}

impl Because {
    pub(super) fn of(row: &Setting) -> Self {
        Self { region: row.region.clone(), since: row.valid_from, source: row.source.clone() }
    }
}

/// The layers that hold for a place on a day, widest first: of each region the latest row that was agreed to.
pub fn in_force<'a>(
    rows: &'a [Setting],
    (kind, category): (Kind, Category),
    region: &RegionCode,
    on: NaiveDate,
) -> Vec<&'a Setting> {
    let holds = |row: &&Setting| {
        row.state == ProposalState::Agreed
            && row.kind == kind
            && row.category == category
            && row.region.covers(region)
            && row.valid_from <= on
    };
    let mut layers: Vec<&Setting> = rows.iter().filter(holds).collect();
    layers.sort_by_key(|row| (row.region.as_str().len(), std::cmp::Reverse(row.valid_from)));
    layers.dedup_by(|later, kept| later.region == kept.region);
    layers
}

#[cfg(test)]
pub(super) mod samples {
    use chrono::{DateTime, NaiveDate};
    use uuid::Uuid;

    use crate::{
        aid::{
            Category, ProposalState,
            setting::{Says, Setting},
        },
        ids::{RegionCode, SettingId},
    };

    pub(in crate::aid::setting) fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).unwrap()
    }

    pub(in crate::aid::setting) fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    /// Agreed to, about an illness, from the first day of a year on.
    pub(in crate::aid::setting) fn row(code: &str, from: i32, says: Says) -> Setting {
        Setting {
            id: SettingId::from_uuid(Uuid::nil()),
            kind: says.kind(),
            category: Category::ILLNESS,
            region: region(code),
            valid_from: day(from),
            says,
            source: format!("示例〔{from}〕{code}"),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: DateTime::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        in_force,
        samples::{day, region, row},
    };
    use crate::aid::{
        Category, ProposalState,
        setting::{Kind, Says, Setting},
    };

    #[test]
    fn of_each_place_the_latest_row_counts_widest_first() {
        let above = |yuan: i64| Says::CouncilAbove { above: yuan * 100 };
        let rows = [
            row("330106", 2024, above(1)),
            row("33", 2020, above(2)),
            row("33", 2024, above(3)),
            row("3301", 2030, above(4)),
            row("3302", 2020, above(5)),
            Setting { category: Category::OTHER, ..row("33", 2025, above(6)) },
            Setting { state: ProposalState::Proposed, ..row("33", 2025, above(7)) },
            Setting { kind: Kind::Papers, ..row("33", 2025, Says::Papers { demands: vec![] }) },
        ];
        let found = |code, year| -> Vec<i64> {
            let what = (Kind::CouncilAbove, Category::ILLNESS);
            let layers = in_force(&rows, what, &region(code), day(year));
            layers.iter().filter_map(|row| row.says.council_above()).map(|fen| fen.0 / 100).collect()
        };
        assert!(found("330106", 2019).is_empty());
        assert_eq!(found("330106", 2020), [2]);
        assert_eq!(found("330106", 2025), [3, 1]);
        assert_eq!(found("330106", 2030), [3, 4, 1]);
    }
}
