//! Row: `account`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::TextSize;
use crate::ids::{AccountId, PersonId};

/// 账号: one login of the tenant.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// How the platform knows it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// The name in the tenant's directory.
    pub name: String,
    /// The platform's id across tenants, if known.
    pub unionid: Option<String>,
    /// The person that the login itself is. What is, is here; since when and on what proof, in `account_link`.
    pub person_id: Option<PersonId>,
    /// In the tenant?
    pub active: bool,
    /// The platform's time of the last joining or leaving that was believed. Older news changes nothing.
    pub status_at: DateTime<Utc>,
    /// When it joined (last).
    pub joined_at: DateTime<Utc>,
    /// When it left, if it has.
    pub left_at: Option<DateTime<Utc>>,
    /// How large its owner reads.
    pub text_size: TextSize,
}

/// None: sessions and grants meet accounts by explicit joins in their stores.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("active", &self.active).finish_non_exhaustive()
    }
}
