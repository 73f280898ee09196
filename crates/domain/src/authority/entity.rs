//! Row: `role_grant`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::{Role, Scope};
use crate::ids::{AccountId, GrantId};

/// 授权: a role of a login in a place and a period. Rows are ended, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrantId,
    /// Who holds the role.
    pub account_id: AccountId,
    /// The role.
    pub role: Role,
    /// Where.
    pub scope: Scope,
    /// From when.
    pub valid_from: DateTime<Utc>,
    /// Until when (exclusive); without end as long as nobody revokes it.
    pub valid_to: Option<DateTime<Utc>>,
    /// Who granted it; `None` when it was granted on the machine itself (installation, seed).
    pub granted_by: Option<AccountId>,
    /// The second person that an administrator's role needs, and an entry of a need-to-know list. Such a grant lives from then on.
    pub confirmed_by: Option<AccountId>,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// Why, in the administrator's words.
    pub reason: Option<String>,
    /// Who ended it before its time.
    pub revoked_by: Option<AccountId>,
    /// And why.
    pub revoked_why: Option<String>,
    /// When the holder was told that the term ends.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// A grant is in force only while the login is in the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The login.
    #[sea_orm(
        belongs_to = "crate::account::entity::Entity",
        from = "Column::AccountId",
        to = "crate::account::entity::Column::Id"
    )]
    Account,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Is it in force at `now`?
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        let begun = self.valid_from <= now && self.valid_to.is_none_or(|end| now < end);
        begun && !self.is_waiting()
    }

    /// Does it still wait for the second person? What the installer granted needs none.
    pub fn is_waiting(&self) -> bool {
        let by_two = self.role.is_admin() || self.scope.is_person();
        by_two && self.granted_by.is_some() && self.confirmed_by.is_none()
    }
}
