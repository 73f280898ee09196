//! What still hangs on a node or a region, so that it cannot be closed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{About, Target, look, store};
use crate::{
    authority::{self, DataClass, Grant, Scope},
    branch,
    ids::RegionCode,
    outreach,
    person::{place, store as people},
    region::{self, Regions},
};

/// What hangs on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hanging {
    /// What is right below, by name.
    pub below: Vec<String>,
    /// Units, branches and regions that belong to it: the name, and how many people are there.
    pub places: Vec<(String, u64)>,
    /// How many people live there.
    pub residents: u64,
    /// How many requests for help are under way there.
    pub cases: u64,
    /// How many lists of visits are not settled there.
    pub visits: u64,
    /// Grants over it that have not ended.
    pub grants: Vec<Grant>,
}

impl Hanging {
    /// Nothing is in the way.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Does something stand in the way of a region that gets another code? Units, branches and people go along.
    pub(crate) fn holds_a_move(&self) -> bool {
        !self.below.is_empty() || self.cases > 0 || self.visits > 0 || !self.grants.is_empty()
    }
}

/// Looks at all of it, as of a day.
pub async fn hanging(
    db: &impl ConnectionTrait,
    about: &About,
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<Hanging, DbErr> {
    match about {
        About::Region(code) => of_region(db, code, (on, now)).await,
        About::Node(id) => {
            let Some(node) = store::find(db, *id).await? else { return Ok(Hanging::default()) };
            let below = look::children(db, node.tree, Some(*id), on).await?;
            let mut places = Vec::new();
            for join in look::joins(db, *id, on).await? {
                let target = join.target();
                let name = look::target_name(db, &target, on).await?;
                places.push((name, people_at(db, &target, on).await?));
            }
            let mut grants = authority::store::over(db, &node.tree.scope(*id)).await?;
            grants.retain(|grant| grant.valid_to.is_none_or(|to| to > now));
            let below = below.into_iter().map(|node| node.name).collect();
            Ok(Hanging { below, places, grants, ..Hanging::default() })
        }
    }
}

/// How many people are at something that a node is joined to.
pub async fn people_at(db: &impl ConnectionTrait, target: &Target, on: NaiveDate) -> Result<u64, DbErr> {
    let (class, scope) = match target {
        Target::Unit(unit) => (DataClass::Registry, Scope::Unit(*unit)),
        Target::Branch(branch) => (DataClass::Party, Scope::Branch(*branch)),
        Target::Region(region) => (DataClass::Volunteering, Scope::Region(region.clone())),
    };
    place::count(db, class, &[scope], on).await
}

async fn of_region(
    db: &impl ConnectionTrait,
    code: &RegionCode,
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<Hanging, DbErr> {
    let scope = Scope::Region(code.clone());
    let regions = Regions::load(db).await?;
    let below = regions.children(code, on).into_iter().map(|region| region.name.clone()).collect();
    let mut places = Vec::new();
    for unit in people::units_in(db, std::slice::from_ref(&scope), on).await? {
        let people = people_at(db, &Target::Unit(unit.id), on).await?;
        places.push((unit.name, people));
    }
    for branch in branch::store::of_region(db, code, on).await? {
        let people = people_at(db, &Target::Branch(branch.id), on).await?;
        places.push((branch.name, people));
    }
    for node in look::joined_to(db, &Target::Region(code.clone()), on).await? {
        places.push((node.name, 0));
    }
    let mut grants = authority::store::unended_of_all(db, now).await?;
    grants.retain(|grant| matches!(&grant.scope, Scope::Region(other) if code.covers(other)));
    Ok(Hanging {
        below,
        places,
        residents: place::count(db, DataClass::Volunteering, &[scope], on).await?,
        cases: region::store::open_cases(db, code).await?,
        visits: outreach::store::plan::open_in(db, code).await?,
        grants,
    })
}
