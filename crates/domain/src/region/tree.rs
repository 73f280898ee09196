//! All regions in memory: about 1,500 rows that change once in years.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use super::{Region, entity};
use crate::ids::RegionCode;

/// The tree, as of any day.
#[derive(Clone, Debug)]
pub struct Regions(HashMap<RegionCode, Vec<Region>>);

impl Regions {
    /// Reads the table.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        Ok(Self::of(entity::Entity::find().all(db).await?))
    }

    fn of(rows: impl IntoIterator<Item = Region>) -> Self {
        let mut by_code: HashMap<RegionCode, Vec<Region>> = HashMap::new();
        for row in rows {
            by_code.entry(row.code.clone()).or_default().push(row);
        }
        Self(by_code)
    }

    /// The region with this code, as it was on a day.
    pub fn find(&self, code: &RegionCode, day: NaiveDate) -> Option<&Region> {
        self.0.get(code)?.iter().find(|region| region.valid_on(day))
    }

    /// Every stretch of a code, oldest first. What was ended on the day on which it began never was.
    pub fn history(&self, code: &RegionCode) -> Vec<&Region> {
        let rows = self.0.get(code).into_iter().flatten();
        let mut rows: Vec<&Region> = rows.filter(|row| row.valid_to != Some(row.valid_from)).collect();
        rows.sort_by_key(|row| row.valid_from);
        rows
    }

    /// From the province down to the region, e.g. 浙江省杭州市西湖区. Empty when there was no such region on that day.
    pub fn full_name(&self, code: &RegionCode, day: NaiveDate) -> String {
        let mut names = Vec::new();
        let mut next = self.find(code, day);
        while let Some(region) = next {
            names.push(region.name.as_str());
            next = region.parent.as_ref().and_then(|parent| self.find(parent, day));
        }
        names.reverse();
        names.concat()
    }

    /// Whatever is called so on a day: 翠苑街道, or with as much of what is above it as makes it clear, 西湖区翠苑街道.
    pub fn called(&self, name: &str, day: NaiveDate) -> Vec<&Region> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        if name.is_empty() {
            return Vec::new();
        }
        let ends = |region: &&Region| {
            name.ends_with(&region.name) && self.full_name(&region.code, day).ends_with(&name)
        };
        self.on(day).filter(ends).collect()
    }

    /// The parts of a region on a day, by code.
    pub fn children(&self, code: &RegionCode, day: NaiveDate) -> Vec<&Region> {
        let mut children: Vec<&Region> =
            self.on(day).filter(|region| region.parent.as_ref() == Some(code)).collect();
        children.sort_by(|a, b| a.code.cmp(&b.code));
        children
    }

    /// Everything of a level on a day.
    pub fn of_level(&self, level: i16, day: NaiveDate) -> impl Iterator<Item = &Region> {
        self.on(day).filter(move |region| region.level == level)
    }

    fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Region> {
        self.0.values().flatten().filter(move |region| region.valid_on(day))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Regions;
    use crate::region::reference::rows;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_province_has_its_parts() {
        let (regions, today) = (Regions::of(rows()), day(2026, 11, 23));
        let count = |level| regions.of_level(level, today).count();
        assert_eq!([count(1), count(2), count(3), count(4)], [1, 11, 90, 1387]);
        let cities = [13, 10, 12, 7, 5, 6, 9, 6, 4, 9, 9];
        let towns = [196, 162, 191, 72, 72, 103, 146, 100, 36, 136, 173];
        for ((number, counties), towns) in (1..).zip(cities).zip(towns) {
            let city = format!("33{number:02}").parse().unwrap();
            let below = regions.children(&city, today);
            assert_eq!(below.len(), counties, "{city}");
            let all: usize = below.iter().map(|county| regions.children(&county.code, today).len()).sum();
            assert_eq!(all, towns, "{city}");
        }
    }

    #[test]
    fn a_place_is_found_by_as_much_of_its_name_as_makes_it_clear() {
        let (regions, today) = (Regions::of(rows()), day(2026, 11, 23));
        let called = |name: &str| -> Vec<String> {
            regions.called(name, today).iter().map(|region| region.code.to_string()).collect()
        };
        assert_eq!(called("浙江省杭州市西湖区"), ["330106"]);
        assert_eq!(called(" 西湖区 "), ["330106"]);
        assert_eq!(called("杭州市"), ["3301"]);
        assert!(called("湖区").is_empty() && called("").is_empty());
    }

    #[test]
    fn the_changes_of_2019_and_2021_are_dated() {
        let regions = Regions::of(rows());
        let counties = |on| regions.of_level(3, on).count();
        assert_eq!(counties(day(2018, 12, 31)), 89, "before 龙港");
        assert_eq!(counties(day(2019, 12, 31)), 90);
        assert_eq!(counties(day(2021, 4, 8)), 90, "before Hangzhou was drawn anew");
        assert_eq!(counties(day(2021, 4, 9)), 90);
        let name = |code: &str, on| regions.full_name(&code.parse().unwrap(), on);
        assert_eq!(name("330103", day(2021, 4, 8)), "浙江省杭州市下城区");
        assert_eq!(name("330103", day(2021, 4, 9)), "");
        assert_eq!(name("330113", day(2021, 4, 8)), "");
        assert_eq!(name("330113", day(2021, 4, 9)), "浙江省杭州市临平区");
        let old = regions.find(&"330110".parse().unwrap(), day(2020, 1, 1)).unwrap();
        assert_eq!(old.successors, "330110 330113");
    }
}
