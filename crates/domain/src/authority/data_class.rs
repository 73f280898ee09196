//! What kind of thing something is, and which of a person's places says who may see it. One person has several places, and they diverge.

use super::Scope;

/// 数据类别.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataClass {
    /// 档案: who somebody is, roles, family, telephones.
    Registry,
    /// 待遇.
    Treatment,
    /// 帮扶.
    Aid,
    /// 党员, 组织生活.
    Party,
    /// 志愿服务.
    Volunteering,
    /// 老年大学.
    Course,
}

/// Which of a person's places counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// 管理单位, in its region.
    ManagingUnit,
    /// The branch of the affiliation (组织关系), in its region.
    Branch,
    /// 居住地.
    Residence,
}

/// The table. A class stands in it once.
pub const PLACES: [(DataClass, PlaceKind); 6] = [
    (DataClass::Registry, PlaceKind::ManagingUnit),
    (DataClass::Treatment, PlaceKind::ManagingUnit),
    (DataClass::Aid, PlaceKind::ManagingUnit),
    (DataClass::Party, PlaceKind::Branch),
    (DataClass::Volunteering, PlaceKind::Residence),
    (DataClass::Course, PlaceKind::Residence),
];

impl DataClass {
    /// All of them, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        PLACES.into_iter().map(|(class, _)| class)
    }

    /// The place that counts for it.
    pub const fn place(self) -> PlaceKind {
        match self {
            Self::Registry | Self::Treatment | Self::Aid => PlaceKind::ManagingUnit,
            Self::Party => PlaceKind::Branch,
            Self::Volunteering | Self::Course => PlaceKind::Residence,
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Registry => "档案",
            Self::Treatment => "待遇",
            Self::Aid => "帮扶",
            Self::Party => "党建",
            Self::Volunteering => "志愿服务",
            Self::Course => "老年大学",
        }
    }
}

impl PlaceKind {
    /// Does a scope say anything about places of this kind? Regions do about all; a unit's says nothing about party life.
    pub const fn meets(self, scope: &Scope) -> bool {
        match scope {
            Scope::Region(_) => true,
            Scope::Unit(_) | Scope::Organ(_) | Scope::Person(_) => matches!(self, Self::ManagingUnit),
            Scope::Branch(_) | Scope::Party(_) => matches!(self, Self::Branch),
            Scope::Corps(_) => matches!(self, Self::Residence),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{DataClass, PLACES, PlaceKind, Scope};
    use crate::ids::{BranchId, PersonId, RegionCode, TreeNodeId, UnitId};

    #[test]
    fn every_class_has_one_place() {
        for (class, place) in PLACES {
            assert_eq!(class.place(), place, "{class:?}");
            assert_eq!(DataClass::all().filter(|other| *other == class).count(), 1, "{class:?}");
        }
        let labels: std::collections::HashSet<_> = DataClass::all().map(DataClass::label).collect();
        assert_eq!(labels.len(), PLACES.len());
    }

    #[test]
    fn a_county_sees_by_unit_by_branch_and_by_residence() {
        assert_eq!(DataClass::Registry.place(), PlaceKind::ManagingUnit);
        assert_eq!(DataClass::Party.place(), PlaceKind::Branch);
        assert_eq!(DataClass::Volunteering.place(), PlaceKind::Residence);
    }

    #[test]
    fn a_scope_speaks_of_its_own_kind_of_place_only() {
        let id = Uuid::from_u128(7);
        let node = TreeNodeId::from_uuid(id);
        let table = [
            (Scope::Region(RegionCode::parse("33").unwrap()), [true, true, true]),
            (Scope::Unit(UnitId::from_uuid(id)), [true, false, false]),
            (Scope::Organ(node), [true, false, false]),
            (Scope::Person(PersonId::from_uuid(id)), [true, false, false]),
            (Scope::Branch(BranchId::from_uuid(id)), [false, true, false]),
            (Scope::Party(node), [false, true, false]),
            (Scope::Corps(node), [false, false, true]),
        ];
        for (scope, meets) in table {
            let kinds = [PlaceKind::ManagingUnit, PlaceKind::Branch, PlaceKind::Residence];
            assert_eq!(kinds.map(|kind| kind.meets(&scope)), meets, "{scope}");
        }
    }
}
