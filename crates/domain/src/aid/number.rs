//! Numbers that people say on the telephone: region, paper, year, and a number without gaps.

use sea_orm::{ConnectionTrait, DbErr};

use super::store;
use crate::ids::RegionCode;

/// What is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// 个案.
    Case,
    /// 发放批次.
    Batch,
}

impl Paper {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Batch => "batch",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Case => "帮扶",
            Self::Batch => "发放",
        }
    }
}

/// The next number. The counter's row stays locked until the transaction ends, and a transaction that fails gives the
/// number back: that is why there are no gaps.
pub(super) async fn next(
    tx: &impl ConnectionTrait,
    paper: Paper,
    region: &RegionCode,
    year: i32,
) -> Result<String, DbErr> {
    let last = store::case::count_up(tx, region, year, paper.code()).await?;
    let name = store::case::region_name(tx, region).await?;
    let place = name.as_deref().map_or(region.as_str(), short);
    Ok(format!("{place}{}{year}-{last:04}", paper.word()))
}

/// 西湖区 → 西湖, 景宁畲族自治县 → 景宁. What would be one character stays whole.
fn short(name: &str) -> &str {
    let name = name.strip_suffix("畲族自治县").unwrap_or(name);
    match name.strip_suffix(['区', '县', '市', '省']) {
        Some(stem) if stem.chars().count() >= 2 => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::NaiveDate;

    use super::short;
    use crate::region::reference::rows;

    #[test]
    fn names_are_shortened_as_people_do() {
        for (name, said) in [
            ("西湖区", "西湖"),
            ("景宁畲族自治县", "景宁"),
            ("义乌市", "义乌"),
            ("浙江省", "浙江"),
            ("甲县", "甲县"),
        ] {
            assert_eq!(short(name), said);
        }
    }

    /// Two regions with one short name would share numbers.
    #[test]
    fn no_two_regions_are_said_alike() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut said = HashSet::new();
        for region in rows().filter(|region| region.level <= 3 && region.valid_on(today)) {
            assert!(said.insert(short(&region.name).to_owned()), "{}", region.name);
        }
    }
}
