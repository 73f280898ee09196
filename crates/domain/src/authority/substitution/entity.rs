//! Row: `substitution`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, GrantId, SubstitutionId};

/// Somebody stands in for somebody under one grant, for a while.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "substitution")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SubstitutionId,
    /// Who is away.
    pub account_id: AccountId,
    /// Who stands in.
    pub substitute_id: AccountId,
    /// Under which grant of the one who is away.
    pub grant_id: GrantId,
    /// From when.
    pub valid_from: DateTime<Utc>,
    /// Until when (exclusive).
    pub valid_to: DateTime<Utc>,
    /// Why, in the words of the one who is away.
    pub reason: String,
    /// When it was arranged.
    pub made_at: DateTime<Utc>,
    /// Who ended it before its time.
    pub ended_by: Option<AccountId>,
}

/// It is of a grant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The grant.
    #[sea_orm(
        belongs_to = "crate::authority::entity::Entity",
        from = "Column::GrantId",
        to = "crate::authority::entity::Column::Id"
    )]
    Grant,
    /// The login that is away.
    #[sea_orm(
        belongs_to = "crate::account::entity::Entity",
        from = "Column::AccountId",
        to = "crate::account::entity::Column::Id"
    )]
    Account,
}

impl Related<crate::authority::entity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Grant.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Is it in force at `now`?
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.valid_from <= now && now < self.valid_to
    }
}
