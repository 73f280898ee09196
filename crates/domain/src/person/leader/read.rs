//! Row: `leader_read`. Written once.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, LeaderReadId, PersonId};

/// Somebody said for what he looks.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leader_read")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeaderReadId,
    /// At whom.
    pub person_id: PersonId,
    /// Who.
    pub account_id: AccountId,
    /// For what, in his words.
    pub purpose: String,
    /// When.
    pub read_at: DateTime<Utc>,
    /// Until when he need not say it again.
    pub until: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Without the purpose, which is somebody's words.
impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeaderRead").field("id", &self.id).finish_non_exhaustive()
    }
}
