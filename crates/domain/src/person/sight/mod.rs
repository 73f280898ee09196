//! Whom a reader sees a part of, beside the records that are wholly in reach: the members of branches below a node of the party, and the
//! volunteers who live where a corps works. By the place that counts for that class of data, and of the record nothing but that class
//! and how to call the person.

mod call;
mod store;

pub use call::{Call, phones};

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

use super::fact::FactKind;
use crate::{
    authority::{DataClass, Grants, Role, Scope},
    branch,
    ids::{BranchId, PersonId, RegionCode},
};

/// What a login sees in part on a day. With no grant over the party or a corps it is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    on: NaiveDate,
    branches: Vec<BranchId>,
    corps: Vec<RegionCode>,
}

/// Which part of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// 党建: the branch of the affiliation is in reach.
    pub party: bool,
    /// 志愿服务: a volunteer who lives where the corps works.
    pub volunteering: bool,
}

impl Sight {
    /// By the grants of a worker; no other role reads the register.
    pub fn of(grants: &Grants, on: NaiveDate) -> Self {
        let party = grants.scopes_for(Role::Worker, DataClass::Party);
        let branches = party.into_iter().filter_map(|scope| match scope {
            Scope::Branch(branch) => Some(branch),
            _ => None,
        });
        Self { on, branches: branches.collect(), corps: grants.corps(Role::Worker).cloned().collect() }
    }

    /// Nothing is seen in part on this day: for lists of whole records.
    pub const fn none(on: NaiveDate) -> Self {
        Self { on, branches: Vec::new(), corps: Vec::new() }
    }

    /// No such grant at all.
    pub const fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.corps.is_empty()
    }

    /// Which part of a record is seen. `None`: none, and nothing says that there is one.
    pub async fn part_of(&self, db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Part>, DbErr> {
        if self.is_empty() {
            return Ok(None);
        }
        let party = store::is_there(db, person, self.members("")).await?;
        let volunteering = store::is_there(db, person, self.volunteers()).await?;
        Ok((party || volunteering).then_some(Part { party, volunteering }))
    }

    /// The same of several at once.
    pub async fn parts_of(
        &self,
        db: &impl ConnectionTrait,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, Part>, DbErr> {
        let mut parts = HashMap::new();
        if self.is_empty() {
            return Ok(parts);
        }
        let nothing = Part { party: false, volunteering: false };
        for id in store::which(db, people, self.members("")).await? {
            parts.entry(id).or_insert(nothing).party = true;
        }
        for id in store::which(db, people, self.volunteers()).await? {
            parts.entry(id).or_insert(nothing).volunteering = true;
        }
        Ok(parts)
    }

    /// A region in which some of them are, of which a row has to be.
    pub(crate) async fn somewhere(&self, db: &impl ConnectionTrait) -> Result<Option<RegionCode>, DbErr> {
        let branch = match self.branches.first() {
            Some(id) => branch::store::find(db, *id).await?,
            None => None,
        };
        Ok(branch.map(|branch| branch.region_code).or_else(|| self.corps.first().cloned()))
    }
}

impl Part {
    /// Is a fact of this kind in it? Neither treatment nor hardship ever is, nor who manages and pays.
    pub const fn shows(self, kind: FactKind) -> bool {
        match kind {
            FactKind::PartyMember => self.party,
            FactKind::Volunteer | FactKind::Residence => self.volunteering,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FactKind, Part};

    #[test]
    fn a_part_shows_its_own_class_and_neither_health_nor_money() {
        let shown = |part: Part| FactKind::all().filter(|kind| part.shows(*kind)).collect::<Vec<_>>();
        assert_eq!(shown(Part { party: true, volunteering: false }), [FactKind::PartyMember]);
        let volunteer = shown(Part { party: false, volunteering: true });
        assert_eq!(volunteer, [FactKind::Residence, FactKind::Volunteer]);
    }
}
