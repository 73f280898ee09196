//! A rule: all of its lines must be so, and of a line one of its marks.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;

use super::{Mark, What};
use crate::ids::{NotAnId, RegionCode};

/// One line: one of these is enough. In rows `alone|!relatives`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(pub Vec<Mark>);

/// 分类条件. In rows `veteran+alone|!relatives+age:90`; without a line it is empty, and everybody's.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Rule(pub Vec<Line>);

impl From<Mark> for Line {
    fn from(mark: Mark) -> Self {
        Self(vec![mark])
    }
}

impl Rule {
    /// The lines.
    pub fn lines(&self) -> &[Line] {
        &self.0
    }

    /// This one, where a region's own lines come first and those that it narrows next.
    pub(super) fn narrowing(&self, region: &RegionCode, above: Option<&Self>) -> Self {
        let mut lines = vec![Line::from(What::ManagedIn(region.clone()).so())];
        lines.extend(above.into_iter().flat_map(Self::lines).cloned());
        lines.extend(self.lines().iter().cloned());
        Self(lines)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marks: Vec<String> = self.0.iter().map(Mark::to_string).collect();
        f.write_str(&marks.join("|"))
    }
}

impl FromStr for Line {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Ok(Self(text.split('|').map(str::parse).collect::<Result<_, _>>()?))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Line::to_string).collect();
        f.write_str(&lines.join("+"))
    }
}

impl FromStr for Rule {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self(text.split('+').map(str::parse).collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Rule, What};
    use crate::person::{
        Retirement,
        fact::{FactKind, Level},
        period::Period,
    };

    #[test]
    fn a_rule_reads_back_what_it_writes() {
        let region = || "330106".parse().unwrap();
        let all = [
            What::Kind(Retirement::Veteran),
            What::Kind(Retirement::Retired),
            What::Period(Period::K1),
            What::Treatment(FactKind::Medical, Level::Bureau),
            What::Age(90),
            What::Alone,
            What::PartyMember,
            What::Volunteer,
            What::Hardship,
            What::ManagedIn(region()),
            What::LivesIn(region()),
            What::Telephone,
            What::Account,
            What::Relatives,
            What::Visited(30),
        ];
        for what in all {
            for mark in [what.clone().so(), what.not()] {
                assert_eq!(mark.to_string().parse(), Ok(mark));
            }
        }
        for text in ["", "veteran+alone|!relatives+age:90", "managed:33"] {
            assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_not_on_the_list_is_no_mark() {
        for bad in
            ["", "!", "rich", "age:0", "age:x", "age:900", "treatment:rank:county", "alone:1", "alone+"]
        {
            assert!(bad.parse::<Mark>().is_err(), "{bad}");
        }
        assert!("alone+|age:80".parse::<Rule>().is_err());
    }
}
