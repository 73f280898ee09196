//! How many were in a segment when it was last computed, by the region of the managing unit: a few numbers instead of a province's rows.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;

use super::Standing;
use crate::ids::{NotAnId, RegionCode};

/// One region's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Of which region the units are, not of those below it.
    pub region: RegionCode,
    /// In it, or to be found out about.
    pub standing: Standing,
    /// So many.
    pub people: i64,
}

/// 按地方的人数. In rows `330106:member:12,330106:unsure:3`.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Tally(pub Vec<Counted>);

impl Tally {
    /// How many there were in these regions and below them. A region inside another one counts once.
    pub fn of(&self, regions: &[RegionCode], standing: Standing) -> i64 {
        let here = |one: &&Counted| regions.iter().any(|region| region.covers(&one.region));
        self.0.iter().filter(|one| one.standing == standing).filter(here).map(|one| one.people).sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, Counted { region, standing, people }) in self.0.iter().enumerate() {
            let comma = if nth > 0 { "," } else { "" };
            write!(f, "{comma}{region}:{}:{people}", standing.code())?;
        }
        Ok(())
    }
}

impl FromStr for Tally {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let one = |part: &str| {
            let (region, rest) = part.split_once(':').ok_or(NotAnId)?;
            let (standing, people) = rest.split_once(':').ok_or(NotAnId)?;
            let standing = Standing::parse(standing).ok_or(NotAnId)?;
            let people = people.parse().ok().filter(|people| *people >= 0).ok_or(NotAnId)?;
            Ok(Counted { region: region.parse().or(Err(NotAnId))?, standing, people })
        };
        text.split(',').filter(|part| !part.is_empty()).map(one).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, Tally};
    use crate::ids::RegionCode;

    fn regions(codes: &[&str]) -> Vec<RegionCode> {
        codes.iter().map(|code| RegionCode::parse(code).unwrap()).collect()
    }

    #[test]
    fn what_is_written_is_read_and_counted_once() {
        let text = "3301:member:1,330106:member:12,330106:unsure:3,3302:member:5";
        let tally: Tally = text.parse().unwrap();
        assert_eq!(tally.to_string(), text);
        let count = |codes: &[&str], standing| tally.of(&regions(codes), standing);
        assert_eq!(count(&["33"], Standing::Member), 18);
        assert_eq!(count(&["3301", "330106"], Standing::Member), 13);
        assert_eq!(count(&["330106", "3302"], Standing::Member), 17);
        assert_eq!(count(&["330106"], Standing::Unsure), 3);
        assert_eq!(count(&["330105"], Standing::Member), 0);
        assert_eq!("".parse::<Tally>().unwrap(), Tally::default());
        for bad in ["330106", "330106:member", "330106:gold:1", "330106:member:-1", "x:member:1"] {
            assert!(bad.parse::<Tally>().is_err(), "{bad}");
        }
    }
}
