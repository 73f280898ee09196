//! Where a grant reaches, and the place that something is at.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

use crate::ids::{BranchId, NotAnId, PersonId, RegionCode, TreeNodeId, UnitId};

/// Where a role is held. In rows `region:330106`, `unit:<id>`, `branch:<id>`, `organ:<id>` …
///
/// A scope over a node of a tree covers nothing by itself: [`Grants`](super::Grants) turns it into what the node reaches on the day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, DeriveValueType)]
#[sea_orm(value_type = "String")]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// A region with everything below it.
    Region(RegionCode),
    /// One managing unit.
    Unit(UnitId),
    /// One party branch.
    Branch(BranchId),
    /// A node of the organisation with everything below it.
    Organ(TreeNodeId),
    /// A node of the party with everything below it.
    Party(TreeNodeId),
    /// A node of the volunteer corps with everything below it.
    Corps(TreeNodeId),
    /// One person, by the need-to-know list of a provincial leader. Reaches nobody else, in no list.
    Person(PersonId),
}

/// Where a thing is: always in a region, perhaps of a unit, perhaps of a branch. Which region of a person
/// counts depends on the matter: the managing unit's for registry and aid, the branch's for party life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The region.
    pub region: RegionCode,
    /// The managing unit, if the thing belongs to one.
    pub unit: Option<UnitId>,
    /// The branch, if the thing belongs to one.
    pub branch: Option<BranchId>,
    /// The provincial leader whose it is; nobody else's things are reached by name.
    pub person: Option<PersonId>,
}

impl Scope {
    /// Does a grant with this scope reach the place?
    pub fn covers(&self, place: &Place) -> bool {
        match self {
            Self::Region(code) => code.covers(&place.region),
            Self::Unit(unit) => place.unit == Some(*unit),
            Self::Branch(branch) => place.branch == Some(*branch),
            Self::Person(person) => place.person == Some(*person),
            Self::Organ(_) | Self::Party(_) | Self::Corps(_) => false,
        }
    }

    /// Is it an entry of a need-to-know list?
    pub const fn is_person(&self) -> bool {
        matches!(self, Self::Person(_))
    }
}

impl Place {
    /// A unit in its region.
    pub fn of_unit(region: RegionCode, unit: UnitId) -> Self {
        Self { region, unit: Some(unit), branch: None, person: None }
    }

    /// A branch in its region.
    pub fn of_branch(region: RegionCode, branch: BranchId) -> Self {
        Self { region, unit: None, branch: Some(branch), person: None }
    }
}

impl From<RegionCode> for Place {
    fn from(region: RegionCode) -> Self {
        Self { region, unit: None, branch: None, person: None }
    }
}

impl From<&RegionCode> for Place {
    fn from(region: &RegionCode) -> Self {
        region.clone().into()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(code) => write!(f, "region:{code}"),
            Self::Unit(unit) => write!(f, "unit:{unit}"),
            Self::Branch(branch) => write!(f, "branch:{branch}"),
            Self::Organ(node) => write!(f, "organ:{node}"),
            Self::Party(node) => write!(f, "party:{node}"),
            Self::Corps(node) => write!(f, "corps:{node}"),
            Self::Person(person) => write!(f, "person:{person}"),
        }
    }
}

impl FromStr for Scope {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.split_once(':') {
            Some(("region", code)) => code.parse().map(Self::Region),
            Some(("unit", id)) => id.parse().map(Self::Unit),
            Some(("branch", id)) => id.parse().map(Self::Branch),
            Some(("organ", id)) => id.parse().map(Self::Organ),
            Some(("party", id)) => id.parse().map(Self::Party),
            Some(("corps", id)) => id.parse().map(Self::Corps),
            Some(("person", id)) => id.parse().map(Self::Person),
            _ => Err(NotAnId),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{BranchId, PersonId, Place, RegionCode, Scope, TreeNodeId, UnitId};

    #[test]
    fn a_scope_reads_back_what_it_writes() {
        let id = Uuid::from_u128(7);
        let region = RegionCode::parse("330106").unwrap();
        for scope in [
            Scope::Region(region.clone()),
            Scope::Unit(UnitId::from_uuid(id)),
            Scope::Branch(BranchId::from_uuid(id)),
            Scope::Organ(TreeNodeId::from_uuid(id)),
            Scope::Party(TreeNodeId::from_uuid(id)),
            Scope::Corps(TreeNodeId::from_uuid(id)),
            Scope::Person(PersonId::from_uuid(id)),
        ] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        assert!("region:3".parse::<Scope>().is_err());
        assert!("county:330106".parse::<Scope>().is_err());
    }

    #[test]
    fn a_unit_or_a_branch_is_reached_only_by_name() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let region = RegionCode::parse("330106").unwrap();
        let place = Place::of_unit(region.clone(), UnitId::from_uuid(one));
        assert!(Scope::Unit(UnitId::from_uuid(one)).covers(&place));
        assert!(!Scope::Unit(UnitId::from_uuid(other)).covers(&place));
        assert!(!Scope::Branch(BranchId::from_uuid(one)).covers(&place));
        assert!(Scope::Region(RegionCode::parse("33").unwrap()).covers(&place));
        assert!(!Scope::Unit(UnitId::from_uuid(one)).covers(&Place::from(region)));
        let leader = Scope::Person(PersonId::from_uuid(one));
        assert!(!leader.covers(&place), "an ordinary thing is nobody's");
        assert!(leader.covers(&Place { person: Some(PersonId::from_uuid(one)), ..place.clone() }));
        assert!(!leader.covers(&Place { person: Some(PersonId::from_uuid(other)), ..place }));
    }
}
