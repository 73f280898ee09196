//! Row: `consent`, one line each time that something was said. Lines are never changed.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::{How, Purpose};
use crate::ids::{AccountId, ConsentId, PersonId};

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    /// Whose data.
    pub person_id: PersonId,
    /// For what.
    pub purpose: Purpose,
    /// Given; taken back when not.
    pub given: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// By which login.
    pub said_by: Option<AccountId>,
    /// How.
    pub how: How,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
