//! Who reads: whose people he sees, and which segments there are for him.

use sea_orm::{ConnectionTrait, DbErr};

use super::{Book, Segment, book::meets};
use crate::{
    authority::{DataClass, Grants, Role, Scope},
    ids::{RegionCode, SegmentId},
    person::store as people,
};

/// A worker's reach over records, by the managing unit.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Whom he sees.
    pub scopes: Vec<Scope>,
    /// Where they are.
    pub regions: Vec<RegionCode>,
}

impl Reader {
    /// `None`: nobody whom a segment could be about.
    pub async fn of(db: &impl ConnectionTrait, grants: &Grants) -> Result<Option<Self>, DbErr> {
        let mut scopes = grants.scopes_for(Role::Worker, DataClass::Registry);
        scopes.retain(|scope| matches!(scope, Scope::Region(_) | Scope::Unit(_)));
        let mut regions: Vec<RegionCode> = Vec::new();
        let mut units = std::collections::HashSet::new();
        for scope in &scopes {
            match scope {
                Scope::Region(code) => regions.push(code.clone()),
                Scope::Unit(unit) => _ = units.insert(*unit),
                _ => {}
            }
        }
        regions.extend(people::find_units(db, &units).await?.into_iter().map(|unit| unit.region));
        regions.sort();
        regions.dedup();
        Ok((!regions.is_empty()).then_some(Self { scopes, regions }))
    }

    /// A segment, if there is one for him.
    pub fn finds<'a>(&self, book: &'a Book, id: SegmentId) -> Option<&'a Segment> {
        book.find(id).filter(|segment| meets(segment, &self.regions))
    }
}
