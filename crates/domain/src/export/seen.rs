//! Whom a worker sees at all. What is taken out over a node of a tree are the same people as in the roster, each as far as he is seen there.

use chrono::NaiveDate;
use sea_orm::{Condition, ConnectionTrait, DbErr};

use crate::{
    authority::{Grants, Role, Scope},
    ids::RegionCode,
    person::{self, sight::Sight},
};

/// The whole records, and the parts.
#[derive(Clone, Debug)]
pub struct Seen {
    pub(super) scopes: Vec<Scope>,
    pub(super) sight: Sight,
}

impl Seen {
    /// By what a login holds.
    pub fn of(grants: &Grants, on: NaiveDate) -> Self {
        Self { scopes: grants.scopes(Role::Worker).cloned().collect(), sight: Sight::of(grants, on) }
    }

    /// Nobody: for exports of a place, which ask for it alone.
    pub const fn nobody(on: NaiveDate) -> Self {
        Self { scopes: Vec::new(), sight: Sight::none(on) }
    }

    /// Is anybody seen only in part?
    pub const fn in_part(&self) -> bool {
        !self.sight.is_empty()
    }

    /// A region in which some of them are, of which a row has to be.
    pub(super) async fn somewhere(&self, db: &impl ConnectionTrait) -> Result<Option<RegionCode>, DbErr> {
        for scope in &self.scopes {
            match scope {
                Scope::Region(code) => return Ok(Some(code.clone())),
                Scope::Unit(id) => {
                    return Ok(person::store::find_unit(db, *id).await?.map(|unit| unit.region));
                }
                _ => {}
            }
        }
        self.sight.somewhere(db).await
    }

    /// Of a query over persons and their units.
    pub(super) fn people(&self) -> Condition {
        Condition::any().add(person::store::within(&self.scopes)).add(self.sight.people(""))
    }
}
